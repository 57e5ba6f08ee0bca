import { expect, test } from "vitest";
import { exportQuery, isFiltered, readAsked, toFilter } from "./filter";

test("an address that says nothing, or nonsense, asks for everything", () => {
  expect(isFiltered(readAsked({}))).toBe(false);
  expect(readAsked({ type: "gift", status: ["a", "b"], from: "yesterday", period: "decade" })).toEqual({
    period: "month",
  });
});

test("days are the tenant's, the last one included, for the list and for exports alike", () => {
  const asked = readAsked({ type: "refund", from: "2026-11-01", to: "2026-11-30", q: " TX-1 " });
  expect(toFilter(asked, "Asia/Tokyo")).toEqual({
    type: ["refund"],
    from: new Date("2026-10-31T15:00:00Z"),
    to: new Date("2026-11-30T15:00:00Z"),
    search: "TX-1",
  });
  expect(exportQuery(asked, "UTC")).toBe(
    "type=refund&from=2026-11-01T00%3A00%3A00.000Z&to=2026-12-01T00%3A00%3A00.000Z&q=TX-1",
  );
});
