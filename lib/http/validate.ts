import { z } from "zod";
import { type FieldError, invalid, refusalOf } from "@/lib/errors";
import { kindOf, sayIssue } from "./issue-words";
import { isUnstorable } from "./text";

type Issue = z.core.$ZodIssue;

const HOW = { error: sayIssue, reportInput: true };

const isObject = (value: unknown): value is object =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** JSON has no undefined: what is, was not given. */
const isMissing = (issue: Issue) =>
  issue.path.length > 0 &&
  issue.input === undefined &&
  (issue.code === "invalid_type" || issue.code === "invalid_value" || issue.code === "invalid_union");

const wantsObject = (issue: Issue): boolean =>
  issue.path.length === 0 &&
  ((issue.code === "invalid_type" && issue.expected === "object") ||
    (issue.code === "invalid_union" &&
      issue.errors.length > 0 &&
      issue.errors.every((errors) => errors.some(wantsObject))));

/** Whether it was an object at all that this is about. */
const isOfObject = (issue: Issue) =>
  issue.path.length > 0 || issue.code === "unrecognized_keys" || issue.code === "custom";

/** One of the forms that an object may have, and what is wrong with a given one as that. */
type Form = { issues: Issue[]; unknown: Set<string>; missing: Set<string> };

function readForm(issues: Issue[]): Form {
  const extra = issues.map((issue) =>
    issue.path.length === 0 && issue.code === "unrecognized_keys" ? issue.keys : [],
  );
  const missing = issues.filter((issue) => issue.path.length === 1 && isMissing(issue));
  return { issues, unknown: new Set(extra.flat()), missing: new Set(missing.map(({ path }) => String(path[0]))) };
}

const without = (names: Set<string>, others: Set<string>) => [...names].filter((name) => !others.has(name));
const listed = (names: Iterable<string>) => [...names].map((name) => `\`${name}\``).join(" and ");

/**
 * Of the forms that an object may have, the one that was meant: that with the fewest fields too many, then too few, then wrong. When
 * no field that is there tells one form from another, it is the first, and what it lacks may be there in the other form instead.
 */
function fieldsOfMeant(branches: Issue[][]): FieldError[] | null {
  const forms = branches.filter((issues) => issues.every(isOfObject)).map(readForm);
  const [first] = forms;
  if (!first) return null;
  const isOpen = forms.every(
    ({ unknown }) => unknown.size === first.unknown.size && without(unknown, first.unknown).length === 0,
  );
  const wrong = ({ issues, missing }: Form) => issues.length - missing.size;
  const tooFew = (a: Form, b: Form) => (isOpen ? 0 : a.missing.size - b.missing.size);
  const [meant = first, ...others] = [...forms].sort(
    (a, b) => a.unknown.size - b.unknown.size || tooFew(a, b) || wrong(a) - wrong(b),
  );
  const instead = others.map(({ missing }) => listed(missing)).filter((names) => isOpen && names !== "");
  const beside = others.map(({ unknown }) => ({ unknown, names: without(unknown, meant.unknown) }));

  return meant.issues.flatMap(fieldsOf).map((field) => {
    if (meant.missing.has(field.path) && instead.length > 0)
      return { ...field, message: `is required, or ${instead.join(" or ")} in its place` };
    // A field too many here, and at home in another form that lacks those.
    const names = meant.unknown.has(field.path) && beside.find(({ unknown }) => !unknown.has(field.path))?.names;
    return names
      ? { ...field, message: `cannot be given together with ${listed(names)}: it is one or the other` }
      : field;
  });
}

function fieldsOf(issue: Issue): FieldError[] {
  const path = issue.path.map(String);
  if (issue.code === "unrecognized_keys")
    return issue.keys.map((key) => ({ path: [...path, key].join("."), message: "is not a field of this request" }));
  if (issue.code === "invalid_union" && isObject(issue.input)) {
    const fields = fieldsOfMeant(issue.errors);
    if (fields) return fields.map((field) => ({ ...field, path: [...path, field.path].filter(Boolean).join(".") }));
  }
  if (wantsObject(issue)) return [{ path: "", message: `the body must be a JSON object, not ${kindOf(issue.input)}` }];
  return [{ path: path.join("."), message: isMissing(issue) ? "is required" : issue.message }];
}

/** Zod tells of one form alone when the others are further off; which one was meant is seen from all of them. */
function fieldsOfAll(schema: z.ZodType, input: unknown, issues: Issue[]): FieldError[] {
  const branches =
    schema instanceof z.ZodUnion && isObject(input)
      ? schema.options.map((form) => (form as z.ZodType).safeParse(input, HOW).error?.issues ?? [])
      : [];
  return fieldsOfMeant(branches) ?? issues.flatMap(fieldsOf);
}

/** One for each item of the largest batch. An answer must not be many times as long as what was sent. */
const MOST_ERRORS = 1_000;

/** Checks input from outside. @throws AppError invalid_request naming the fields that are wrong, by their dotted paths */
export function validate<T extends z.ZodType>(schema: T, input: unknown): z.output<T> {
  const result = schema.safeParse(input, HOW);
  if (result.success) return result.data;
  const fields = fieldsOfAll(schema, input, result.error.issues).slice(0, MOST_ERRORS);
  throw refusalOf("invalid_request", fields);
}

/** The query string as an object. @throws AppError invalid_request when a name is given twice, or something is no text */
export function queryOf(url: string): Record<string, string> {
  const query = new Map<string, string>();
  for (const [name, value] of new URL(url).searchParams) {
    if (query.has(name)) throw invalid(name, "is given more than once");
    if (isUnstorable(name) || isUnstorable(value)) throw invalid(name, "has characters that are not text");
    query.set(name, value);
  }
  return Object.fromEntries(query);
}
