/** A JSON Schema as far as `z.toJSONSchema` writes them for our endpoints. */
export type JsonSchema = {
  type?: string | string[];
  properties?: Record<string, JsonSchema>;
  required?: string[];
  items?: JsonSchema;
  anyOf?: JsonSchema[];
  enum?: unknown[];
  const?: unknown;
  additionalProperties?: JsonSchema | boolean;
  description?: string;
  default?: unknown;
};

/** A field for people: its dotted path, `[]` for the items of a list. */
export type Field = { path: string; type: string; required: boolean; description: string | null };

const isObject = (schema: JsonSchema) => schema.properties !== undefined;
const isNull = (schema: JsonSchema) => schema.type === "null";

/** `string | null`, `string[]`, `"a" | "b"`. */
function typeOf(schema: JsonSchema): string {
  if (schema.anyOf) return [...new Set(schema.anyOf.map(typeOf))].join(" | ");
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(" | ");
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.type === "array") return `${schema.items ? typeOf(schema.items) : "any"}[]`;
  return [schema.type ?? "any"].flat().join(" | ");
}

/** The object inside a list, an optional or a nullable. */
function innerObject(schema: JsonSchema): { object: JsonSchema; suffix: string } | null {
  if (isObject(schema)) return { object: schema, suffix: "" };
  if (schema.type === "array" && schema.items) {
    const inner = innerObject(schema.items);
    return inner && { object: inner.object, suffix: `[]${inner.suffix}` };
  }
  const rest = schema.anyOf?.filter((each) => !isNull(each)) ?? [];
  return rest.length === 1 && rest[0] ? innerObject(rest[0]) : null;
}

function fieldsOfObject(schema: JsonSchema, prefix: string): Field[] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, property]) => {
    const path = `${prefix}${name}`;
    const required = schema.required?.includes(name) ?? false;
    const inner = innerObject(property);
    const fallback = property.default === undefined ? null : `Default: ${JSON.stringify(property.default)}`;
    const described = property.description ?? property.anyOf?.find((each) => each.description)?.description ?? null;
    const description = [described, fallback].filter(Boolean).join(". ") || null;
    return [
      { path, type: typeOf(property), required, description },
      ...(inner ? fieldsOfObject(inner.object, `${path}${inner.suffix}.`) : []),
    ];
  });
}

/** The fields of an object, or of each form that it may have. */
export function formsOf(schema: JsonSchema): Field[][] {
  const forms = schema.anyOf?.every(isObject) ? schema.anyOf : [schema];
  return forms.map((form) => fieldsOfObject(form, ""));
}
