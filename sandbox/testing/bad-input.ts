import type { JsonSchema } from "@/lib/http/schema-fields";

export type BadBody = { why: string; field: string; body: Record<string, unknown> };

const accepts = (schema: JsonSchema, type: string): boolean =>
  schema.type === type || (schema.anyOf?.some((each) => accepts(each, type)) ?? false);
const saysNothing = (schema: JsonSchema) => !schema.type && !schema.anyOf && !schema.enum && schema.const === undefined;

/** A value of a kind that the field does not take. */
const wrongFor = (schema: JsonSchema): unknown => (accepts(schema, "object") ? "wrong" : { wrong: true });

/** The form of a body that a good one has. */
function formOf(schema: JsonSchema, good: Record<string, unknown>): JsonSchema {
  const forms = schema.anyOf?.filter((each) => each.properties) ?? [schema];
  const fits = (form: JsonSchema) => Object.keys(good).every((name) => form.properties?.[name]);
  return forms.find(fits) ?? schema;
}

/** Bodies made wrong one field at a time, as the description says what is right: of another kind, or left out though required. */
export function badBodies(schema: JsonSchema, good: Record<string, unknown>): BadBody[] {
  const form = formOf(schema, good);
  const isOneForm = form === schema || schema.anyOf === undefined;
  const wrong = Object.entries(form.properties ?? {})
    .filter(([, property]) => !saysNothing(property))
    .map(([field, property]) => ({
      why: `${field} of another kind`,
      field,
      body: { ...good, [field]: wrongFor(property) },
    }));
  // A body of several forms without one's field may be another's.
  const missing = (isOneForm ? (form.required ?? []) : []).map((field) => {
    const { [field]: _, ...body } = good;
    return { why: `${field} left out`, field, body };
  });
  return [...wrong, ...missing];
}

type Parameter = { name: string; in: string; schema: JsonSchema & { format?: string; pattern?: string } };

/** Query strings that the description does not allow. */
export function badQueries(parameters: readonly Parameter[]): string[] {
  const inQuery = parameters.filter((each) => each.in === "query");
  const strict = inQuery.filter(
    ({ schema }) =>
      schema.enum || schema.anyOf || schema.format || accepts(schema, "integer") || accepts(schema, "number"),
  );
  const names = inQuery.map((each) => each.name);
  return [
    "nonsense=1",
    ...strict.map(({ name }) => `${name}=%7Bnonsense%7D`),
    ...(names.includes("limit") ? ["limit=0", "limit=101", "limit=abc", "limit=1.5", "limit=5&limit=6"] : []),
    ...(names.includes("cursor") ? ["cursor=%20bad%20"] : []),
  ];
}
