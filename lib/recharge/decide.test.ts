import { describe, expect, it } from "vitest";
import { toCurrency } from "@/lib/money/currency";
import { type Minor, toBps, toMinor } from "@/lib/money/minor";
import { decide, decideManual } from "./decide";
import type { Chargeable, Situation } from "./situation";

const NOW = new Date("2026-11-21T12:00:00Z");
const ago = (minutes: number) => new Date(NOW.getTime() - minutes * 60_000);
const dollars = (amount: number) => toMinor(Math.round(amount * 100));

const card = (id: string, more: Partial<Chargeable> = {}): Chargeable => ({
  paymentMethodId: `pm_${id}` as Chargeable["paymentMethodId"],
  fingerprint: `fp_${id}`,
  subject: { type: "card", funding: "credit", country: "US" },
  usable: true,
  tries: 0,
  triesFreeAt: null,
  ...more,
});

const situation = (more: Partial<Situation> = {}): Situation => ({
  now: NOW,
  trigger: "debit",
  currency: toCurrency("USD"),
  balanceMinor: dollars(-50),
  pendingMinor: 0 as Minor,
  enabled: true,
  minMinor: dollars(150),
  targetMinor: dollars(600),
  limits: {
    minChargeMinor: null,
    maxChargeMinor: null,
    maxPerDayMinor: null,
    maxChargesPerDay: null,
    maxPerMonthMinor: null,
    minIntervalMinutes: null,
  },
  brakes: { stopAll: false, dryRun: false, stopTenant: false },
  open: null,
  pauseReason: null,
  retryAt: null,
  consecutiveFailures: 0,
  blockedFingerprint: null,
  primary: card("main"),
  backup: null,
  backupTried: false,
  chargesOfDay: [],
  lastChargeAt: null,
  usedMonthMinor: 0 as Minor,
  monthEndsAt: new Date("2026-12-01T05:00:00Z"),
  feePolicy: { kind: "percent", rateBps: toBps(290), fixedMinor: toMinor(30), offFor: [], stepMinor: 1 },
  ...more,
});

const limits = (more: Partial<Situation["limits"]>) => ({ ...situation().limits, ...more });
const reason = (more: Partial<Situation>) => decide(situation(more)).reason;
const open = (state: NonNullable<Situation["open"]>["state"]) => ({ open: { attemptId: "a" as never, state } });

describe("a low balance", () => {
  it("is charged up to the target, fee on top: the worked example", () => {
    expect(decide(situation())).toMatchObject({
      kind: "charge",
      quote: { amountMinor: 65_000, feeMinor: 1_885, totalMinor: 66_885, balanceAfterMinor: 60_000 },
    });
  });

  it("is one strictly below the minimum", () => {
    expect(reason({ balanceMinor: dollars(150) })).toBe("balance_not_low");
    expect(reason({ balanceMinor: dollars(149.99) })).toBe("charged");
  });

  it.each([
    ["rule_off", { enabled: false }],
    ["stopped_all", { brakes: { stopAll: true, dryRun: false, stopTenant: false } }],
    ["stopped_tenant", { brakes: { stopAll: false, dryRun: false, stopTenant: true } }],
    ["dry_run", { brakes: { stopAll: false, dryRun: true, stopTenant: false } }],
    ["charge_in_progress", open("reserved")],
    ["charge_in_progress", open("charging")],
    ["charge_processing", open("processing")],
    ["outcome_unknown", open("unknown")],
    ["needs_authentication", open("requires_action")],
    ["needs_authentication", { pauseReason: "authentication_required" }],
    ["paused_declines", { pauseReason: "declines" }],
    ["paused_hard_decline", { pauseReason: "hard_decline" }],
    ["paused_hard_decline", { blockedFingerprint: "fp_main" }],
    ["backing_off", { retryAt: new Date(NOW.getTime() + 1) }],
    ["charged", { retryAt: NOW }],
    ["no_payment_method", { primary: null }],
    ["no_payment_method", { primary: card("main", { usable: false }) }],
    ["card_budget", { primary: card("main", { tries: 15 }) }],
    ["min_charge", { limits: limits({ minChargeMinor: dollars(668.86) }) }],
    ["max_charge", { limits: limits({ maxChargeMinor: dollars(668.84) }) }],
    ["charged", { limits: limits({ minChargeMinor: dollars(668.85), maxChargeMinor: dollars(668.85) }) }],
    ["min_interval", { limits: limits({ minIntervalMinutes: 10 }), lastChargeAt: ago(9.99) }],
    ["charged", { limits: limits({ minIntervalMinutes: 10 }), lastChargeAt: ago(10) }],
  ] as [string, Partial<Situation>][])("%s", (expected, more) => expect(reason(more)).toBe(expected));
});

it("does not try what is below Stripe's least charge, fee included", () => {
  const none = { ...situation().feePolicy, kind: "none" as const };
  const gap = (targetMinor: Minor) => situation({ balanceMinor: dollars(149.99), targetMinor, feePolicy: none });
  expect(decide(gap(dollars(150.48)))).toMatchObject({ kind: "skip", reason: "min_charge", limitMinor: 50 });
  expect(decide(gap(dollars(150.49)))).toMatchObject({ kind: "charge", quote: { totalMinor: 50 } });
});

describe("limits over time", () => {
  const charges = [
    { at: ago(23 * 60), totalMinor: dollars(300) },
    { at: ago(60), totalMinor: dollars(200) },
  ];

  it("counts what was charged in the rolling day, to the cent, and says when there is room again", () => {
    expect(reason({ chargesOfDay: charges, limits: limits({ maxPerDayMinor: dollars(1_168.85) }) })).toBe("charged");
    expect(
      decide(situation({ chargesOfDay: charges, limits: limits({ maxPerDayMinor: dollars(1_168.84) }) })),
    ).toMatchObject({
      reason: "max_per_day",
      nextPossibleAt: new Date(NOW.getTime() + 60 * 60_000),
    });
  });

  it("counts charges of the day", () => {
    expect(decide(situation({ chargesOfDay: charges, limits: limits({ maxChargesPerDay: 2 }) }))).toMatchObject({
      reason: "max_charges_per_day",
      limitCount: 2,
    });
    expect(reason({ chargesOfDay: charges, limits: limits({ maxChargesPerDay: 3 }) })).toBe("charged");
  });

  it("names the end of the month, unless the charge could never fit", () => {
    const month = (limit: number) =>
      decide(situation({ usedMonthMinor: dollars(600), limits: limits({ maxPerMonthMinor: dollars(limit) }) }));
    expect(month(1_268.85).reason).toBe("charged");
    expect(month(1_268.84)).toMatchObject({
      reason: "max_per_month",
      nextPossibleAt: new Date("2026-12-01T05:00:00Z"),
    });
    expect(month(600)).toMatchObject({ reason: "max_per_month", nextPossibleAt: null });
  });
});

describe("a backup method", () => {
  const backup = card("backup");

  it("is asked while the first one backs off or is blocked, once", () => {
    const retryAt = new Date(NOW.getTime() + 60_000);
    expect(decide(situation({ backup, retryAt }))).toMatchObject({
      kind: "charge",
      isBackup: true,
      method: { paymentMethodId: "pm_backup" },
    });
    expect(decide(situation({ backup, blockedFingerprint: "fp_main" }))).toMatchObject({
      kind: "charge",
      isBackup: true,
    });
    expect(reason({ backup, retryAt, backupTried: true })).toBe("backing_off");
    expect(reason({ backup, blockedFingerprint: "fp_main", backupTried: true })).toBe("paused_hard_decline");
  });

  it("is asked when the first card's budget is used up", () => {
    expect(decide(situation({ backup, primary: card("main", { tries: 15 }) }))).toMatchObject({ isBackup: true });
  });

  it("has the same limits, and is not asked instead of a first one that may be asked", () => {
    expect(decide(situation({ backup }))).toMatchObject({ isBackup: false });
    expect(reason({ backup: card("backup", { tries: 15 }), blockedFingerprint: "fp_main" })).toBe("card_budget");
  });
});

describe("a person's wish", () => {
  it("is charged in spite of pause, back-off and the shortest time between charges", () => {
    const s = situation({
      pauseReason: "declines",
      retryAt: new Date(NOW.getTime() + 1),
      limits: limits({ minIntervalMinutes: 10 }),
      lastChargeAt: ago(1),
      trigger: "manual",
    });
    expect(decideManual(s, dollars(25))).toMatchObject({
      kind: "charge",
      quote: { amountMinor: 2_500, feeMinor: 73, totalMinor: 2_573 },
    });
  });

  it("goes up to the target when no amount is said", () => {
    expect(decideManual(situation(), null)).toMatchObject({ quote: { amountMinor: 65_000 } });
    expect(decideManual(situation({ balanceMinor: dollars(600) }), null).reason).toBe("balance_not_low");
  });

  it("keeps limits of money, the card's budget, brakes and the one open place", () => {
    expect(decideManual(situation({ limits: limits({ maxPerMonthMinor: dollars(20) }) }), dollars(20)).reason).toBe(
      "max_per_month",
    );
    expect(decideManual(situation({ primary: card("main", { tries: 15 }) }), dollars(20)).reason).toBe("card_budget");
    expect(
      decideManual(situation({ brakes: { stopAll: true, dryRun: false, stopTenant: false } }), dollars(20)).reason,
    ).toBe("stopped_all");
    expect(decideManual(situation(open("unknown")), dollars(20)).reason).toBe("outcome_unknown");
  });
});
