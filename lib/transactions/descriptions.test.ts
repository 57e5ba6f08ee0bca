import { expect, test } from "vitest";
import { describe, readDescription } from "./descriptions";

test("our own words are found again, with their number", () => {
  expect(readDescription(describe("topUp"))).toEqual({ kind: "topUp", number: "" });
  expect(readDescription(describe("disputed"))).toEqual({ kind: "disputed", number: "" });
  for (const kind of ["invoice", "refundOf", "disputedInvoice"] as const)
    expect(readDescription(describe(kind, "INV-000002"))).toEqual({ kind, number: "INV-000002" });
});

test("a person's words stay as they are", () => {
  for (const words of ["Topped up too much", "Invoice of May", "Top-up of the balance, twice", ""])
    expect(readDescription(words)).toBeNull();
});
