import type { z } from "zod";
import { AppError, type FieldError, invalid } from "@/lib/errors";
import { isUnstorable } from "./text";

/** Of the forms that a body may have, the one that was meant: where the fewest fields are missing or too many. */
function nearestBranch(branches: FieldError[][]): FieldError[] | undefined {
  const shallow = (branch: FieldError[]) => branch.filter((field) => !field.path.includes(".")).length;
  return branches
    .filter((branch) => branch.length > 0 && branch.every((field) => field.path))
    .sort((a, b) => shallow(a) - shallow(b))[0];
}

function fieldsOf(issue: z.core.$ZodIssue): FieldError[] {
  const path = issue.path.map(String);
  if (issue.code === "unrecognized_keys")
    return issue.keys.map((key) => ({ path: [...path, key].join("."), message: "is not a field of this request" }));
  if (issue.code === "invalid_union") {
    const branch = nearestBranch(issue.errors.map((errors) => errors.flatMap(fieldsOf)));
    if (branch) return branch.map((field) => ({ ...field, path: [...path, field.path].join(".") }));
  }
  return [{ path: path.join("."), message: issue.message }];
}

/** Checks input from outside. @throws AppError invalid_request naming every field that is wrong, by its dotted path */
export function validate<T extends z.ZodType>(schema: T, input: unknown): z.output<T> {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  const fields = result.error.issues.flatMap(fieldsOf);
  const detail = fields.map((f) => (f.path ? `${f.path}: ${f.message}` : f.message)).join("; ");
  throw new AppError("invalid_request", detail.slice(0, 500), { fields });
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
