import fc from "fast-check";
import { expect, test } from "vitest";
import { periodFor, usageMonth } from "./periods";

const at = (text: string) => new Date(text);

test.each([
  ["2027-01-31T10:00:00Z", "2027-01-31T10:00:00Z", "2027-01-31T10:00:00Z", "2027-02-28T10:00:00Z"],
  ["2027-01-31T10:00:00Z", "2027-02-28T09:59:59Z", "2027-01-31T10:00:00Z", "2027-02-28T10:00:00Z"],
  ["2027-01-31T10:00:00Z", "2027-02-28T10:00:00Z", "2027-02-28T10:00:00Z", "2027-03-31T10:00:00Z"],
  ["2028-01-31T00:00:00Z", "2028-02-29T00:00:00Z", "2028-02-29T00:00:00Z", "2028-03-31T00:00:00Z"],
  ["2027-03-15T00:00:00Z", "2027-03-02T12:00:00Z", "2027-02-15T00:00:00Z", "2027-03-15T00:00:00Z"],
  ["2027-01-01T05:00:00Z", "2027-01-01T04:59:59Z", "2026-12-01T05:00:00Z", "2027-01-01T05:00:00Z"],
])("anchored at %s, %s is in the month from %s to %s", (anchor, instant, start, end) => {
  expect(usageMonth(at(anchor), at(instant))).toEqual({ start: at(start), end: at(end) });
});

test("months follow each other without a gap or an overlap, whatever the anchor", () => {
  const instant = fc.date({ min: at("2024-01-01T00:00:00Z"), max: at("2032-12-31T00:00:00Z"), noInvalidDate: true });
  fc.assert(
    fc.property(instant, instant, (anchor, moment) => {
      const month = usageMonth(anchor, moment);
      expect(month.start <= moment && moment < month.end).toBe(true);
      expect(usageMonth(anchor, month.end).start).toEqual(month.end);
      expect(usageMonth(anchor, new Date(month.start.getTime() - 1)).end).toEqual(month.start);
    }),
  );
});

test("after the billing date moved, late usage still finds the period it belongs to", () => {
  const closed = { start: at("2027-01-10T00:00:00Z"), end: at("2027-01-25T08:00:00Z") };
  const newAnchor = at("2027-01-25T08:00:00Z");
  expect(periodFor(newAnchor, [closed], at("2027-01-24T00:00:00Z"))).toEqual(closed);
  expect(periodFor(newAnchor, [closed], at("2027-01-25T08:00:00Z"))).toEqual({
    start: at("2027-01-25T08:00:00Z"),
    end: at("2027-02-25T08:00:00Z"),
  });
  const before = periodFor(newAnchor, [closed], at("2027-01-09T00:00:00Z"));
  expect(before).toEqual({ start: at("2026-12-25T08:00:00Z"), end: at("2027-01-10T00:00:00Z") });
});

test.each([
  ["2027-12-31T10:00:00Z", 26, ["2028-02-29T10:00:00Z", "2028-04-30T10:00:00Z", "2029-02-28T10:00:00Z"]],
  ["2026-12-30T23:59:59Z", 26, ["2027-02-28T23:59:59Z", "2028-02-29T23:59:59Z", "2028-03-30T23:59:59Z"]],
  ["2028-02-29T00:00:00Z", 26, ["2028-03-29T00:00:00Z", "2029-02-28T00:00:00Z", "2029-03-29T00:00:00Z"]],
])("from %s on, %i months follow each other through February and the leap day", (anchor, count, among) => {
  const starts: string[] = [];
  for (let month = usageMonth(at(anchor), at(anchor)), left = count; left > 0; left--) {
    starts.push(month.start.toISOString().replace(".000", ""));
    const next = usageMonth(at(anchor), month.end);
    expect(next.start).toEqual(month.end);
    month = next;
  }
  expect(starts).toEqual(expect.arrayContaining(among));
  expect(new Set(starts.map((start) => start.slice(0, 7))).size).toBe(count);
});
