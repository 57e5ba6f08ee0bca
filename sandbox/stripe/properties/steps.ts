import fc from "fast-check";

/** One thing that may happen in an account's life. Numbers choose among what there is at the time. */
export type Step =
  | { do: "subscribe"; of: number; price: number; quantity: number; terms: number }
  | { do: "change"; of: number; price: number; quantity: number; behavior: number }
  | { do: "cancel"; of: number; atEnd: boolean }
  | { do: "use"; of: number; value: number }
  | { do: "bill"; of: number; amount: number; terms: number }
  | { do: "pay" | "void" | "forgive"; of: number }
  | { do: "credit"; of: number; amount: number }
  | { do: "refund"; of: number; amount: number }
  | { do: "grant" | "balance"; of: number; amount: number }
  | { do: "card"; of: number; good: boolean }
  | { do: "wait"; hours: number };

const of = fc.nat(20);
const amount = fc.integer({ min: 1, max: 40_000 });

export const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant("subscribe" as const),
      of,
      price: fc.nat(20),
      quantity: fc.integer({ min: 0, max: 7 }),
      terms: fc.nat(20),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant("change" as const),
      of,
      price: fc.nat(20),
      quantity: fc.integer({ min: 0, max: 7 }),
      behavior: fc.nat(2),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("cancel" as const), of, atEnd: fc.boolean() }) },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant("use" as const), of, value: fc.integer({ min: -9, max: 900 }) }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("bill" as const), of, amount, terms: fc.nat(20) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom("pay" as const, "void" as const, "forgive" as const), of }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom("credit" as const, "refund" as const), of, amount }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom("grant" as const, "balance" as const), of, amount }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("card" as const), of, good: fc.boolean() }) },
  {
    weight: 8,
    arbitrary: fc.record({ do: fc.constant("wait" as const), hours: fc.integer({ min: 1, max: 24 * 35 }) }),
  },
);
