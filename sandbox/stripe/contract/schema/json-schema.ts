/** The part of JSON Schema (draft 7) that Stripe's types need. */
export interface JsonSchema {
  type?: TypeName | TypeName[];
  enum?: (string | number | boolean | null)[];
  pattern?: string;
  /** False for a member that must not be there. */
  properties?: Record<string, JsonSchema | false>;
  required?: string[];
  additionalProperties?: boolean | JsonSchema;
  items?: JsonSchema;
  anyOf?: JsonSchema[];
}

export type TypeName = "string" | "number" | "integer" | "boolean" | "null" | "object" | "array";

const typesOf = (schema: JsonSchema): TypeName[] => [schema.type ?? []].flat();
const isPlain = (schema: JsonSchema) => Object.keys(schema).length === 1 && typesOf(schema).length > 0;

/**
 * Any of the given. Joined into one wherever that means the same, because "must be string or null" tells a reader more than
 * that none of two alternatives fits.
 */
export function anyOf(schemas: JsonSchema[]): JsonSchema {
  const choices = joinEnums(schemas);
  if (choices.length === 1 && choices[0]) return choices[0];
  if (choices.some((schema) => Object.keys(schema).length === 0)) return {};
  const special = choices.filter((schema) => !isPlain(schema));
  const plain = choices.filter(isPlain).flatMap(typesOf);
  const types = [...new Set([...plain, ...special.flatMap(typesOf)])];
  // Members are only looked at in an object, elements only in an array: one of each may stand beside simple types.
  const joinable = special.every(
    (schema) => schema.enum === undefined && schema.pattern === undefined && schema.anyOf === undefined,
  );
  const oneOfEach = special.length <= 1;
  if (joinable && oneOfEach) return { ...special[0], type: types.length === 1 ? types[0] : types };
  return { anyOf: [...(plain.length > 0 ? [{ type: plain }] : []), ...special] };
}

function joinEnums(schemas: JsonSchema[]): JsonSchema[] {
  const listed = schemas.filter((schema) => schema.enum && Object.keys(schema).length === 1);
  const hasNull = schemas.some((schema) => schema.type === "null");
  if (listed.length === 0 || (listed.length === 1 && !hasNull)) return schemas;
  const rest = schemas.filter((schema) => !listed.includes(schema) && schema.type !== "null");
  const values = [...new Set(listed.flatMap((schema) => schema.enum ?? []))].sort();
  if (!hasNull) return [{ enum: values }, ...rest];
  return rest.length === 0 ? [{ enum: [...values, null] }] : [{ enum: values }, ...rest, { type: "null" }];
}
