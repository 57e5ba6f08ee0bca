import { describe, expect, it } from "vitest";
import { toCurrency } from "@/lib/money/currency";
import { toBps, toMinor } from "@/lib/money/minor";
import { monthAround } from "./calendar";
import { afterFailure, isHardDecline } from "./declines";
import { forecast } from "./forecast";
import { defaultLimits } from "./limits";
import { checkTerms } from "./rules";
import type { Limits } from "./types";

const NOW = new Date("2026-11-21T12:00:00Z");
const policy = { kind: "percent" as const, rateBps: toBps(290), fixedMinor: toMinor(30), offFor: [], stepMinor: 1 };
const none: Limits = { ...defaultLimits(2), maxPerDayMinor: null, maxChargesPerDay: null, minIntervalMinutes: null };
const soft = { code: "card_declined", declineCode: "insufficient_funds", adviceCode: null };
const hard = { code: "card_declined", declineCode: "lost_card", adviceCode: null };

describe("terms of a rule", () => {
  const check = (min: number, target: number, limits = none) =>
    checkTerms(
      { currency: toCurrency("USD"), minMinor: toMinor(min), targetMinor: toMinor(target), limits },
      policy,
      null,
    );

  it("need a target above the minimum", () => {
    expect(() => check(15_000, 60_000)).not.toThrow();
    expect(() => check(15_000, 15_000)).toThrow(/targetBalance/);
    expect(() => check(-1, 60_000)).toThrow(/minBalance/);
  });

  it("are refused when no charge could ever stay within the limits, to the cent", () => {
    // The smallest refill is 450.01; with its fee of 13.05 it costs 463.06.
    expect(() => check(15_000, 60_000, { ...none, maxChargeMinor: toMinor(46_306) })).not.toThrow();
    expect(() => check(15_000, 60_000, { ...none, maxChargeMinor: toMinor(46_305) })).toThrow(
      expect.objectContaining({ code: "limits_unsatisfiable" }),
    );
    expect(() => check(15_000, 60_000, { ...none, maxPerMonthMinor: toMinor(46_305) })).toThrow(
      expect.objectContaining({ code: "limits_unsatisfiable" }),
    );
    const minCharge = { ...none, minChargeMinor: toMinor(499_900), maxPerMonthMinor: toMinor(46_307) };
    expect(() => check(15_000, 60_000, minCharge)).toThrow(expect.objectContaining({ code: "limits_unsatisfiable" }));
    expect(() => check(15_000, 60_000, { ...none, maxChargesPerDay: 0 })).toThrow(
      expect.objectContaining({ code: "limits_unsatisfiable" }),
    );
  });
});

describe("what Stripe never charges at once", () => {
  const check = (target: number, minCharge: number | null) => () =>
    checkTerms(
      {
        currency: toCurrency("USD"),
        minMinor: toMinor(0),
        targetMinor: toMinor(target),
        limits: { ...none, minChargeMinor: minCharge === null ? null : toMinor(minCharge) },
      },
      policy,
      null,
    );
  const naming = (code: string, path: string) =>
    expect.objectContaining({
      code,
      options: { fields: [{ path, message: expect.stringContaining("999999.99") }] },
    });

  it("is no rule, fee included", () => {
    expect(check(97_181_728, null)).not.toThrow();
    expect(check(97_181_729, null)).toThrow(naming("invalid_request", "targetBalance"));
    expect(check(60_000, 99_999_999)).not.toThrow();
    expect(check(60_000, 100_000_000)).toThrow(naming("limits_unsatisfiable", "limits.minCharge"));
  });
});

describe("declines", () => {
  const failed = (more: Partial<Parameters<typeof afterFailure>[0]>) =>
    afterFailure({
      failure: soft,
      failuresBefore: 0,
      isBackup: false,
      hasUntriedBackup: false,
      primaryBlocked: false,
      now: NOW,
      ...more,
    });
  const hours = (n: number) => new Date(NOW.getTime() + n * 3_600_000);

  it("back off 1 h, then 2 h, and pause with the third in a row", () => {
    expect(failed({})).toMatchObject({ consecutiveFailures: 1, retryAt: hours(1), pauseReason: null });
    expect(failed({ failuresBefore: 1 })).toMatchObject({ retryAt: hours(2), pauseReason: null });
    expect(failed({ failuresBefore: 2 })).toMatchObject({ retryAt: null, pauseReason: "declines" });
  });

  it("pause at once when the card must not be asked again", () => {
    expect(failed({ failure: hard })).toMatchObject({ pauseReason: "hard_decline", blockFingerprint: true });
    expect(isHardDecline({ ...soft, adviceCode: "do_not_try_again" })).toBe(true);
    expect(isHardDecline({ code: "card_declined", declineCode: "a_code_of_next_year", adviceCode: null })).toBe(false);
  });

  it("ask the backup before pausing, and pause when it fails too", () => {
    expect(failed({ failure: hard, hasUntriedBackup: true })).toMatchObject({
      tryBackup: true,
      pauseReason: null,
      blockFingerprint: true,
    });
    expect(failed({ isBackup: true, primaryBlocked: true, failuresBefore: 1 })).toMatchObject({
      pauseReason: "hard_decline",
      blockFingerprint: false,
    });
    expect(failed({ isBackup: true, failuresBefore: 1 })).toMatchObject({ pauseReason: null, retryAt: hours(2) });
  });
});

describe("months are the tenant's", () => {
  it.each([
    ["2026-12-01T04:59:59Z", "America/New_York", "2026-11-01T04:00:00.000Z", "2026-12-01T05:00:00.000Z"],
    ["2026-10-31T16:00:00Z", "Asia/Shanghai", "2026-10-31T16:00:00.000Z", "2026-11-30T16:00:00.000Z"],
    ["2028-02-29T12:00:00Z", "UTC", "2028-02-01T00:00:00.000Z", "2028-03-01T00:00:00.000Z"],
  ])("%s in %s", (at, zone, startsAt, endsAt) => {
    expect(monthAround(new Date(at), zone)).toEqual({ startsAt: new Date(startsAt), endsAt: new Date(endsAt) });
  });
});

describe("runway", () => {
  const base = {
    now: NOW,
    balanceMinor: toMinor(60_000),
    minMinor: toMinor(15_000),
    targetMinor: toMinor(60_000),
    feePolicy: policy,
    method: null,
  };

  it("says how long the balance lasts, how often it is refilled and for what fee", () => {
    const runway = forecast({
      ...base,
      spentMinor: toMinor(147_000),
      firstSpendAt: new Date(NOW.getTime() - 7 * 86_400_000),
    });
    expect(runway).toMatchObject({
      spendPerDayMinor: 21_000,
      rechargesPerMonth: 14,
      feesPerMonthMinor: 18_270,
      suggestion: { targetMinor: 105_000, rechargesPerMonth: 7 },
    });
    expect(runway.daysLeft).toBeCloseTo(2.857, 2);
  });

  it("does not stretch a first hour over a week", () => {
    expect(
      forecast({ ...base, spentMinor: toMinor(1_000), firstSpendAt: new Date(NOW.getTime() - 3_600_000) })
        .spendPerDayMinor,
    ).toBe(1_000);
    expect(forecast({ ...base, spentMinor: toMinor(0), firstSpendAt: null }).daysLeft).toBeNull();
  });
});
