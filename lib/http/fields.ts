import { z } from "zod";

/** Fields that several requests share. */
export const description = z.string().trim().min(1).max(500).meta({ description: "Shown on the statement" });

const METADATA_KEYS = 50;
/** As Stripe's: at most 50 keys of 40 characters, values of 500. */
export const metadata = z
  .record(z.string().min(1).max(40), z.string().max(500))
  .refine((map) => Object.keys(map).length <= METADATA_KEYS, { error: `has more than ${METADATA_KEYS} keys` });

/** Text that is printable and fits an index: an id that the caller chose. */
export const externalId = z
  .string()
  .min(1)
  .max(255)
  .regex(/^\P{Cc}*$/u, "must not contain control characters");

export const uuidParam = (name: string) => z.object({ [name]: z.uuid() });

const written = z.union([z.iso.datetime({ offset: true }), z.iso.date()], {
  error: "must be an RFC 3339 time such as 2026-11-21T09:30:00Z",
});

const FIRST_MS = Date.parse("0001-01-01T00:00:00Z");
const LAST_MS = Date.parse("9999-12-31T23:59:59.999Z");

/** Before and after these years an instant is written in ways that PostgreSQL does not read. */
function readInstant(ms: number, context: z.RefinementCtx): Date {
  if (ms < FIRST_MS || ms > LAST_MS)
    context.addIssue({ code: "custom", message: "must be in the years 1 to 9999 of UTC" });
  return new Date(ms);
}

/** An instant from outside, RFC 3339 with its offset; a date alone is midnight in UTC. */
export const instant = written.transform((text, context) => readInstant(Date.parse(text), context));

const DAY_MS = 86_400_000;

/** The end of a range, which is not in it: an instant, or a day, which is in it whole. */
export const until = written.transform((text, context) =>
  text.includes("T")
    ? readInstant(Date.parse(text), context)
    : readInstant(Math.min(Date.parse(text) + DAY_MS, LAST_MS), context),
);
export const UNTIL = "before this instant; a date alone is in it whole, in UTC";

/** The filter of a list by when its rows were made. */
export const createdRange = {
  from: instant.optional().meta({ description: "Created at this instant or later" }),
  to: until.optional().meta({ description: `Created ${UNTIL}` }),
};

/** For `superRefine` of what has a range. */
export function checkRange({ from, to }: { from?: Date; to?: Date }, context: z.RefinementCtx): void {
  if (from && to && from > to) context.addIssue({ code: "custom", path: ["from"], message: "must not be after `to`" });
}

/** A filter's list: one or more of the values, with commas between. */
export function oneOrMore<const V extends readonly [string, ...string[]]>(values: V) {
  const isValue = (text: string): text is V[number] => values.includes(text);
  const rule = `one or more of ${values.join(", ")}, with commas between`;
  return z
    .string()
    .transform((list, context): V[number][] => {
      const given = list.split(",");
      if (given.every(isValue)) return given;
      context.addIssue({ code: "custom", message: `must be ${rule}`, input: list });
      return z.NEVER;
    })
    .meta({ description: `${rule[0]?.toUpperCase()}${rule.slice(1)}` });
}
