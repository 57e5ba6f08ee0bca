import { z } from "zod";

/** What a schema wants, as it is said to people. */
const KINDS: Record<string, string> = {
  string: "a string",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  object: "an object",
  record: "an object",
  array: "an array",
  tuple: "an array",
  date: "a date",
};

const FORMATS: Record<string, string> = {
  uuid: "a UUID",
  email: "an email address",
  url: "a URL such as https://example.com",
  datetime: "an RFC 3339 time such as 2026-11-21T09:30:00Z",
  date: "a date such as 2026-11-21",
  time: "a time such as 09:30:00",
  duration: "an ISO 8601 duration such as P1D",
  ipv4: "an IPv4 address",
  ipv6: "an IPv6 address",
  base64: "base64",
  base64url: "base64url",
  e164: "a phone number such as +15551234567",
  json_string: "JSON",
  lowercase: "in lower case",
  uppercase: "in upper case",
};

/** Things that are counted. */
const UNITS: Record<string, string> = { string: "character", array: "item", set: "item", map: "entry", file: "byte" };

type Raw = z.core.$ZodRawIssue;
type Of<C extends Raw["code"]> = Extract<Raw, { code: C }>;

/** What came instead. */
export function kindOf(value: unknown): string {
  if (value === null || typeof value === "boolean") return String(value);
  if (Array.isArray(value)) return "an array";
  return { string: "a string", number: "a number" }[typeof value as string] ?? "an object";
}

function sayKind(issue: Of<"invalid_type">): string {
  const isWhole = issue.inst instanceof z.ZodNumber && issue.inst.isInt;
  const wanted = isWhole ? KINDS.int : (KINDS[issue.expected] ?? issue.expected);
  // A number that is not the number wanted: a fraction, or what a query parameter that is no number was read as.
  return typeof issue.input === "number" && (isWhole || issue.expected === "number" || issue.expected === "int")
    ? `must be ${wanted}`
    : `must be ${wanted}, not ${kindOf(issue.input)}`;
}

function saySize(issue: Of<"too_small"> | Of<"too_big">): string {
  const isLeast = issue.code === "too_small";
  const bound = Number(isLeast ? issue.minimum : issue.maximum);
  const unit = UNITS[issue.origin];
  if (issue.origin === "date") return `must not be ${isLeast ? "before" : "after"} ${new Date(bound).toISOString()}`;
  const limit = `at ${isLeast ? "least" : "most"}`;
  if (!unit) return `must be ${issue.inclusive ? limit : isLeast ? "greater than" : "less than"} ${bound}`;
  if (isLeast && bound === 1 && !issue.exact) return "must not be empty";
  const verb = issue.origin === "string" ? "be" : "have";
  return `must ${verb} ${issue.exact ? "exactly" : limit} ${bound} ${unit}${bound === 1 ? "" : "s"}`;
}

function sayFormat(issue: Of<"invalid_format">): string {
  const rest = issue as { prefix?: string; suffix?: string; includes?: string; pattern?: string };
  if (issue.format === "starts_with") return `must start with "${rest.prefix}"`;
  if (issue.format === "ends_with") return `must end with "${rest.suffix}"`;
  if (issue.format === "includes") return `must contain "${rest.includes}"`;
  if (issue.format === "regex") return `must match the pattern ${rest.pattern}`;
  return `must be ${FORMATS[issue.format] ?? `of the format ${issue.format}`}`;
}

const sayOneOf = (values: readonly unknown[]): string =>
  `must be ${values.length > 1 ? "one of " : ""}${values.map(String).join(", ")}`;

/** Of what may be one of several kinds, and is none: all the kinds. What may be one of several objects is told by its fields. */
function sayKinds(issue: Of<"invalid_union">): string {
  if (issue.options) return sayOneOf(issue.options as readonly unknown[]);
  const wanted = (issue.errors ?? []).map(([first]) =>
    first?.code === "invalid_type" && first.path.length === 0 ? KINDS[first.expected] : undefined,
  );
  if (wanted.length === 0 || wanted.includes(undefined)) return "has none of the forms that it may have";
  return `must be ${[...new Set(wanted)].join(" or ")}, not ${kindOf(issue.input)}`;
}

/**
 * The rule that input breaks, in words that need no knowledge of the validator. For zod's parameter `error`, which leaves alone
 * what a schema says in words of its own.
 */
export function sayIssue(issue: Raw): string {
  switch (issue.code) {
    case "invalid_type":
      return sayKind(issue as Of<"invalid_type">);
    case "too_small":
    case "too_big":
      return saySize(issue as Of<"too_small"> | Of<"too_big">);
    case "invalid_format":
      return sayFormat(issue as Of<"invalid_format">);
    case "invalid_value":
      return sayOneOf((issue as Of<"invalid_value">).values);
    case "not_multiple_of":
      return `must be a multiple of ${(issue as Of<"not_multiple_of">).divisor}`;
    case "invalid_key":
      return `as a name ${(issue as Of<"invalid_key">).issues[0]?.message ?? "is not valid"}`;
    case "invalid_union":
      return sayKinds(issue as Of<"invalid_union">);
    case "unrecognized_keys":
      return "has fields that are not of this request";
    default:
      return "is not valid";
  }
}
