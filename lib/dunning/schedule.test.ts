import { expect, test } from "vitest";
import { type DunningPolicy, timetable } from "./schedule";

const FIXED: DunningPolicy = { strategy: "fixed", attempts: 3, intervalDays: 3, graceDays: 7 };
const SMART: DunningPolicy = { ...FIXED, strategy: "smart" };
const declined = (declineCode: string, adviceCode: string | null = null) => ({
  code: "card_declined",
  declineCode,
  adviceCode,
});
const shown = (...[failure, at, policy, zone]: [Parameters<typeof timetable>[0], string, DunningPolicy, string]) =>
  timetable(failure, new Date(at), policy, zone).steps.map(
    ({ kind, dueAt }) => `${kind} ${dueAt.toISOString().slice(0, 16)}`,
  );

test("three attempts, the failure being the first, three days apart; a warning; seven days of grace", () => {
  expect(shown(declined("generic_decline"), "2027-05-03T09:30:00Z", FIXED, "UTC")).toEqual([
    "attempt 2027-05-06T09:30",
    "grace_warning 2027-05-08T09:30",
    "attempt 2027-05-09T09:30",
    "end 2027-05-10T09:30",
  ]);
});

test("over a change of clocks it stays the same time of day where the tenant is", () => {
  // On 14 March 2027 New York moves from UTC−5 to UTC−4.
  expect(shown(declined("generic_decline"), "2027-03-12T14:00:00Z", FIXED, "America/New_York")).toEqual([
    "attempt 2027-03-15T13:00",
    "grace_warning 2027-03-17T13:00",
    "attempt 2027-03-18T13:00",
    "end 2027-03-19T13:00",
  ]);
});

test("just after midnight in Shanghai, and at the end of February of a leap year", () => {
  expect(shown(declined("generic_decline"), "2028-02-27T16:05:00Z", FIXED, "Asia/Shanghai")).toEqual([
    "attempt 2028-03-01T16:05",
    "grace_warning 2028-03-03T16:05",
    "attempt 2028-03-04T16:05",
    "end 2028-03-05T16:05",
  ]);
});

test.each(["lost_card", "stolen_card", "pickup_card"])(
  "%s is never retried: only the warning and the end remain",
  (code) => {
    expect(shown(declined(code), "2027-05-03T09:30:00Z", FIXED, "UTC")).toEqual([
      "grace_warning 2027-05-08T09:30",
      "end 2027-05-10T09:30",
    ]);
  },
);

test("smart: want of money is retried on paydays, trouble of the network within hours", () => {
  expect(shown(declined("insufficient_funds"), "2027-05-12T09:30:00Z", SMART, "UTC")).toEqual([
    "attempt 2027-05-14T09:30",
    "attempt 2027-05-15T09:30",
    "grace_warning 2027-05-17T09:30",
    "end 2027-05-19T09:30",
  ]);
  expect(
    shown({ code: "processing_error", declineCode: null, adviceCode: null }, "2027-05-03T09:30:00Z", SMART, "UTC"),
  ).toEqual([
    "attempt 2027-05-03T15:30",
    "attempt 2027-05-05T15:30",
    "grace_warning 2027-05-08T09:30",
    "end 2027-05-10T09:30",
  ]);
});

test("without grace there is no retry that would charge for nothing", () => {
  expect(shown(declined("generic_decline"), "2027-05-03T09:30:00Z", { ...FIXED, graceDays: 0 }, "UTC")).toEqual([
    "end 2027-05-03T09:30",
  ]);
});
