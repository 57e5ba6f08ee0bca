import { describe, expect, test } from "vitest";
import type { PaymentMethodId } from "@/lib/ids";
import { problemOf } from "./problems";
import { chooseDefault, isExpired, mayRemove, statusOf } from "./rules";

const AT = new Date("2026-11-30T23:59:59.999Z");
const id = (name: string) => name as PaymentMethodId;
const card = (expMonth = 12, expYear = 2030) => ({
  brand: "visa",
  last4: "4242",
  expMonth,
  expYear,
  funding: "credit",
  country: "US",
});
const row = (name: string, over: object = {}) => ({
  paymentMethodId: id(name),
  status: "active" as const,
  card: card(),
  fingerprint: `fp-${name}`,
  ...over,
});
const NO_TROUBLE = { fingerprints: new Set<string>(), failed: new Set<PaymentMethodId>() };

describe("expiry", () => {
  test("a card is good to the last moment of its month", () => {
    expect(isExpired(card(11, 2026), AT)).toBe(false);
    expect(isExpired(card(11, 2026), new Date("2026-12-01T00:00:00Z"))).toBe(true);
    expect(isExpired(card(12, 2026), new Date("2026-12-31T23:59:59Z"))).toBe(false);
    expect(isExpired(card(12, 2026), new Date("2027-01-01T00:00:00Z"))).toBe(true);
    expect(isExpired(null, AT)).toBe(false);
  });
});

describe("status", () => {
  test("what was mirrored as active expires as time passes", () => {
    const mirrored = row("a", { card: card(11, 2026) });
    expect(statusOf(mirrored, NO_TROUBLE, AT)).toBe("active");
    expect(statusOf(mirrored, NO_TROUBLE, new Date("2026-12-02T00:00:00Z"))).toBe("expired");
  });

  test("a card that recharging shuns is failing, also when it was added again under another id", () => {
    const trouble = { ...NO_TROUBLE, fingerprints: new Set(["fp-a"]) };
    expect(statusOf(row("a"), trouble, AT)).toBe("failing");
    expect(statusOf(row("copy", { fingerprint: "fp-a" }), trouble, AT)).toBe("failing");
    expect(statusOf(row("b"), trouble, AT)).toBe("active");
    expect(statusOf(row("nameless", { fingerprint: null }), trouble, AT)).toBe("active");
  });

  test("so is one whose last charge failed, and verification comes first", () => {
    const trouble = { ...NO_TROUBLE, failed: new Set([id("a")]) };
    expect(statusOf(row("a"), trouble, AT)).toBe("failing");
    expect(statusOf(row("a", { status: "requires_verification" }), trouble, AT)).toBe("requires_verification");
  });
});

describe("the default", () => {
  const expired = row("old", { card: card(1, 2020) });
  const unverified = row("bank", { card: null, status: "requires_verification" });

  test("is Stripe's while it exists, else the newest that can be charged", () => {
    expect(chooseDefault(id("b"), [row("a"), row("b")], AT)).toBe("b");
    expect(chooseDefault(id("gone"), [unverified, expired, row("a"), row("b")], AT)).toBe("a");
    expect(chooseDefault(null, [unverified, expired], AT)).toBeNull();
  });
});

describe("removing", () => {
  const usable = row("a");
  const expired = row("old", { card: card(1, 2020) });

  test.each([
    ["anything, while the rule is off", usable, [], false, true],
    ["not the last one", usable, [], true, false],
    ["not the last one, even an expired one", expired, [], true, false],
    ["not the only one that can be charged", usable, [expired], true, false],
    ["one that cannot be charged, beside another", expired, [row("old2", { card: card(1, 2020) })], true, true],
    ["one of two", usable, [row("b")], true, true],
  ])("%s", (_what, method, others, enabled, allowed) => {
    expect(mayRemove(method, others, enabled, AT)).toBe(allowed);
  });
});

describe("problems", () => {
  test.each([
    [{ code: "card_declined", declineCode: "insufficient_funds" }, "insufficient_funds"],
    [{ code: "expired_card" }, "expired"],
    [{ code: "card_declined", declineCode: "stolen_card" }, "declined"],
    [{ code: "card_declined", declineCode: "fraudulent" }, "declined"],
    [{ code: "processing_error", declineCode: null }, "try_again"],
    [{ code: "something_new" }, "declined"],
    [{}, "declined"],
  ])("%o is told as %s", (error, problem) => {
    expect(problemOf(error)).toBe(problem);
  });
});
