import { z } from "zod";
import { type ErrorBody, StripeFailure, unsupported } from "./errors";
import type { FormTree } from "./form";

/** What is wrong with one value. `%` in the message stands for the parameter's name. */
interface Problem {
  code?: string;
  message: string;
}

/** A parameter read from its text. `read` returns the value or says what is wrong. */
function scalar<T>(read: (text: string) => { value: T } | Problem) {
  return z.string().transform((text, context): T => {
    const result = text === "" ? EMPTY : read(text);
    if ("value" in result) return result.value;
    context.issues.push({ code: "custom", input: text, message: result.message, params: { code: result.code } });
    return z.NEVER;
  });
}

const EMPTY: Problem = {
  code: "parameter_invalid_empty",
  message:
    "You passed an empty string for '%'. We assume empty values are an attempt to unset a parameter; however '%' cannot be unset. You should remove '%' from your request or supply a non-empty value.",
};

export const text = scalar<string>((value) => ({ value }));
/** Text that an empty string unsets. */
export const clearableText = z.string().transform((value) => (value === "" ? null : value));

/** Text of so many characters at most; `clearable(…)` makes it one that an empty string unsets. */
export function textUpTo(most: number) {
  return scalar<string>((value) => {
    const shown = `${value.slice(0, 10)}...${value.slice(-4)}`;
    return value.length <= most
      ? { value }
      : { message: `Invalid string: ${shown}; must be at most ${most} characters` };
  });
}

export const integer = scalar<number>((value) =>
  /^-?\d{1,15}$/.test(value)
    ? { value: Number(value) }
    : { code: "parameter_invalid_integer", message: `Invalid integer: ${value}` },
);
/** A decimal with up to 12 places, kept as its text so that nothing is lost. */
export const decimal = scalar<string>((value) =>
  /^-?\d{1,15}(\.\d{1,12})?$/.test(value)
    ? { value }
    : { code: "parameter_invalid_integer", message: `Invalid decimal: ${value}` },
);
export const boolean = scalar<boolean>((value) =>
  value === "true" || value === "false" ? { value: value === "true" } : { message: `Invalid boolean: ${value}` },
);

export function oneOf<const V extends string>(...values: V[]) {
  const listed = values.length > 1 ? `${values.slice(0, -1).join(", ")}, or ${values.at(-1)}` : values.join();
  return scalar<V>((value) => {
    const known = values.find((candidate) => candidate === value);
    return known !== undefined ? { value: known } : { message: `Invalid %: must be one of ${listed}` };
  });
}

/** One of several, of which Stripe knows more than the stand-in does. */
export function oneOfThose<const V extends string>(values: readonly V[], beyond: readonly string[]) {
  const known = oneOf(...values);
  return z.string().transform((value, context): V => {
    const result = known.safeParse(value);
    if (result.success) return result.data;
    const [issue] = result.error.issues;
    const params = beyond.includes(value) ? { unsupported: true } : {};
    context.issues.push({ code: "custom", input: value, message: issue?.message ?? "Invalid %", params });
    return z.NEVER;
  });
}

/** Something that an empty string unsets. */
export function clearable<S extends z.ZodType>(schema: S) {
  return z.union([z.literal("").transform(() => null), schema]);
}

/** A member that Stripe has and the stand-in has not: refused by name as soon as it is there. */
export const notSupported = z
  .unknown()
  .transform((value, context): never => {
    context.issues.push({ code: "custom", input: value, message: "%", params: { unsupported: true } });
    return z.NEVER;
  })
  .optional();

/** Several such members: `...notSupportedMembers("on_behalf_of", "transfer_data")`. */
export function notSupportedMembers<const N extends string>(...names: N[]) {
  return Object.fromEntries(names.map((name) => [name, notSupported])) as Record<N, typeof notSupported>;
}

export const strict = z.strictObject;
/** Members the stand-in stores or ignores without knowing each one. */
export const loose = z.record(z.string(), z.unknown());
export const texts = z.array(text);
export const integers = z.array(integer);

const MAX_KEYS = 50;
/** Up to 50 keys of 40 characters with values of 500; an empty value removes its key. */
export const metadata = z.record(z.string(), z.string()).superRefine((pairs, context) => {
  const add = (message: string) => context.addIssue({ code: "custom", message });
  if (Object.keys(pairs).length > MAX_KEYS) add("Metadata can have at most 50 keys.");
  for (const [key, value] of Object.entries(pairs)) {
    if (key.length > 40) add(`Metadata keys can be at most 40 characters: ${key}`);
    if (value.length > 500)
      add(
        `Metadata values must have up to 500 characters, but you passed in a value that is ${value.length} characters. Invalid value: ${value}`,
      );
  }
});

export const address = strict({
  city: clearableText.optional(),
  country: clearableText.optional(),
  line1: clearableText.optional(),
  line2: clearableText.optional(),
  postal_code: clearableText.optional(),
  state: clearableText.optional(),
});

/** Name of a parameter as Stripe writes it: `payment_method_data[card][number]`. */
function paramName(path: PropertyKey[]): string {
  return path.map((part, at) => (at === 0 ? String(part) : `[${String(part)}]`)).join("");
}

function valueAt(tree: unknown, path: PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (node, part) => (typeof node === "object" && node !== null ? Reflect.get(node, part) : undefined),
    tree,
  );
}

function errorFor(issue: z.core.$ZodIssue, tree: FormTree, prefix: PropertyKey[]): ErrorBody {
  const path = [...prefix, ...issue.path];
  const param = paramName(path);
  const type = "invalid_request_error";
  if (issue.code === "unrecognized_keys") {
    const names = issue.keys.map((key) => paramName([...path, key]));
    const message =
      names.length > 1 ? `Received unknown parameters: ${names.join(", ")}` : `Received unknown parameter: ${names[0]}`;
    return { type, code: "parameter_unknown", message, param: names[0] };
  }
  // The last way of reading a value is the full one; the ones before it are shorthands.
  const inner = issue.code === "invalid_union" ? issue.errors.at(-1)?.[0] : undefined;
  if (inner) return errorFor(inner, tree, path);
  if (valueAt(tree, path) === undefined)
    return { type, code: "parameter_missing", message: `Missing required param: ${param}.`, param };
  if (issue.code === "custom") {
    const code: unknown = issue.params?.code;
    return { type, ...(typeof code === "string" && { code }), message: issue.message.replaceAll("%", param), param };
  }
  const expected = issue.code === "invalid_type" ? issue.expected : "valid value";
  return { type, message: `Invalid ${expected === "record" ? "object" : expected}`, param };
}

/** The parameter that only the stand-in does not know, wherever in the unions it was found. */
function unsupportedIn(issues: readonly z.core.$ZodIssue[], prefix: PropertyKey[]): string | null {
  for (const issue of issues) {
    const path = [...prefix, ...issue.path];
    if (issue.code === "custom" && issue.params?.unsupported === true) return paramName(path);
    const inner = issue.code === "invalid_union" ? unsupportedIn(issue.errors.flat(), path) : null;
    if (inner) return inner;
  }
  return null;
}

/**
 * Reads parameters strictly.
 * @throws StripeFailure 400 naming the first parameter that is wrong, 501 for one that only the stand-in does not know
 */
export function readParameters<S extends z.ZodType>(schema: S, tree: FormTree): z.output<S> {
  const result = schema.safeParse(tree);
  if (result.success) return result.data;
  const beyond = unsupportedIn(result.error.issues, []);
  if (beyond) throw unsupported(`the parameter ${beyond}`, beyond);
  const issue = result.error.issues[0];
  if (!issue) throw result.error;
  throw new StripeFailure(400, errorFor(issue, tree, []));
}
