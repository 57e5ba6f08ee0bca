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
  .regex(/^\P{Cc}+$/u, "must not contain control characters");

export const uuidParam = (name: string) => z.object({ [name]: z.uuid() });

/** An instant from outside, RFC 3339 with its offset; a date alone is midnight in UTC. */
export const instant = z
  .union([z.iso.datetime({ offset: true }), z.iso.date()], {
    error: "must be an RFC 3339 time such as 2026-11-21T09:30:00Z",
  })
  .transform((text) => new Date(text));

/** A filter's list: one or more of the values, with commas between. */
export const oneOrMore = <const V extends readonly [string, ...string[]]>(values: V) =>
  z
    .string()
    .transform((list) => list.split(","))
    .pipe(z.array(z.enum(values)))
    .meta({ description: `One or more of ${values.join(", ")}, with commas between` });
