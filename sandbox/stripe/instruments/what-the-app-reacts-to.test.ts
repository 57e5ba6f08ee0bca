import { readFileSync } from "node:fs";
import { join } from "node:path";
import type Stripe from "stripe";
import { afterEach, describe, expect, test } from "vitest";
import { setClockForTests } from "@/lib/clock";
import { isHardDecline } from "@/lib/recharge/declines";
import { stripeFailure } from "@/lib/stripe/failures";
import { browserPost, chargeOffSession, customerWith, failure, type StandIn, standIn } from "../testing/stand-in";

afterEach(() => setClockForTests(null));

/** Every code that makes the app give a card up, from its own list, so that a new one has to be produced here too. */
function neverRetried(): string[] {
  const source = readFileSync(join(import.meta.dirname, "../../../lib/recharge/declines.ts"), "utf8");
  const [, list = ""] = /NEVER_RETRY = new Set\(\[([^\]]+)\]/.exec(source) ?? [];
  return [...list.matchAll(/"(\w+)"/g)].map(([, code = ""]) => code);
}

/** Codes that Stripe's own test cards and bank accounts produce. */
const BY_METHOD: Record<string, string> = {
  lost_card: "pm_card_visa_chargeDeclinedLostCard",
  stolen_card: "pm_card_visa_chargeDeclinedStolenCard",
  fraudulent: "pm_card_radarBlock",
  expired_card: "pm_card_chargeDeclinedExpiredCard",
  debit_not_authorized: "pm_usBankAccount_debitNotAuthorized",
  account_closed: "pm_usBankAccount_accountClosed",
  no_account: "pm_usBankAccount_noAccount",
};
/** Told of bank accounts, not of cards. */
const OF_BANKS = ["bank_account_restricted", "debit_not_authorized"];
/** Answered before anything is charged. */
const ELSEWHERE = ["incorrect_number", "invalid_number", "payment_method_microdeposit_failed"];

const codes = (error: Partial<Stripe.PaymentIntent.LastPaymentError> | null) => ({
  code: error?.code ?? "",
  declineCode: error?.decline_code ?? null,
  adviceCode: error?.advice_code ?? null,
});

/** What the intent remembers of a payment that was declined at once or, by a bank, days later. */
async function declined({ stripe, advance }: StandIn, saved: Parameters<typeof chargeOffSession>[1]) {
  const intent = await chargeOffSession(stripe, saved).catch(
    (error: Stripe.errors.StripeError) => error.payment_intent as Stripe.PaymentIntent,
  );
  if (intent.status === "processing") await advance("8d");
  return codes((await stripe.paymentIntents.retrieve(intent.id)).last_payment_error);
}

/** A customer with a method that cannot be saved is charged on the spot. */
async function declinedOnce(standin: StandIn, method: string) {
  if (method.startsWith("pm_usBank")) return declined(standin, await customerWith(standin.stripe, method));
  const { id } = await standin.stripe.customers.create({});
  return declined(standin, { customer: id, payment_method: method });
}

test("the app's list is found", () => expect(neverRetried().length).toBeGreaterThan(20));

test.each(neverRetried().filter((code) => !ELSEWHERE.includes(code)))("%s: given up", async (code) => {
  setClockForTests("2030-03-04T15:00:00Z");
  const standin = await standIn();
  const method = BY_METHOD[code];
  if (method) {
    const known = await declinedOnce(standin, method);
    expect([known.code, known.declineCode]).toContain(code);
    expect(isHardDecline(known)).toBe(true);
  }
  const saved = await customerWith(
    standin.stripe,
    OF_BANKS.includes(code) ? "pm_usBankAccount_success" : "pm_card_visa",
  );
  await standin.control("POST declines", {
    paymentMethod: saved.payment_method,
    ...(OF_BANKS.includes(code) ? { code } : { declineCode: code }),
  });
  const rehearsed = await declined(standin, saved);
  expect([rehearsed.code, rehearsed.declineCode]).toContain(code);
  expect(isHardDecline(rehearsed)).toBe(true);
  // Once only: the method works again.
  expect((await chargeOffSession(standin.stripe, saved)).status).toMatch(/succeeded|processing/);
});

test("a wrong number is refused before anything is charged", async () => {
  const standin = await standIn();
  const { status, body } = await browserPost(standin, "/v1/payment_methods", {
    type: "card",
    "card[number]": "4242424242424241",
    "card[exp_month]": "12",
    "card[exp_year]": "2050",
  });
  expect([status, body.error?.type, body.error?.code]).toEqual([402, "card_error", "incorrect_number"]);
});

test("deposits that never arrive end the set-up", async () => {
  setClockForTests("2030-03-04T15:00:00Z");
  const standin = await standIn();
  const { stripe, advance } = standin;
  const customer = await stripe.customers.create({});
  const intent = await stripe.setupIntents.create({ customer: customer.id });
  await browserPost(standin, `/v1/setup_intents/${intent.id}/confirm`, {
    client_secret: String(intent.client_secret),
    "payment_method_data[type]": "us_bank_account",
    "payment_method_data[us_bank_account][routing_number]": "110000000",
    "payment_method_data[us_bank_account][account_number]": "000666666661",
    "payment_method_data[billing_details][name]": "Olivia",
  });
  await advance("4d");
  const failed = await stripe.setupIntents.retrieve(intent.id);
  expect(failed).toMatchObject({
    status: "requires_payment_method",
    last_setup_error: { code: "payment_method_microdeposit_failed" },
  });
  expect(isHardDecline(codes(failed.last_setup_error as Stripe.PaymentIntent.LastPaymentError))).toBe(true);
});

test("advice not to try again counts whatever the code is", async () => {
  const standin = await standIn();
  const saved = await customerWith(standin.stripe, "pm_card_visa");
  await standin.control("POST declines", { declineCode: "do_not_honor", adviceCode: "do_not_try_again" });
  expect(isHardDecline(await declined(standin, saved))).toBe(true);
  await standin.control("POST declines", { declineCode: "do_not_honor", adviceCode: "try_again_later" });
  expect(isHardDecline(await declined(standin, saved))).toBe(false);
});

describe("kinds of failure the app tells apart", () => {
  const kindOf = async (call: Promise<unknown>) => stripeFailure(await failure(call))?.kind;

  test("card, missing, invalid", async () => {
    const { stripe } = await standIn();
    const saved = await customerWith(stripe, "pm_card_chargeCustomerFail");
    expect(await kindOf(chargeOffSession(stripe, saved))).toBe("card");
    expect(await kindOf(stripe.paymentIntents.retrieve("pi_none"))).toBe("missing");
    expect(await kindOf(stripe.paymentIntents.create({ amount: 1, currency: "usd" }))).toBe("invalid");
    const away = await customerWith(stripe, "pm_card_authenticationRequired").catch(() => null);
    if (away) expect((await failure(chargeOffSession(stripe, away))).code).toBe("authentication_required");
  });

  test.each([
    ["StripeAPIError", { do: "status", status: 500 }],
    ["StripeAPIError", { do: "status", status: 409 }],
    ["StripeRateLimitError", { do: "status", status: 429 }],
    ["StripeRateLimitError", { do: "status", status: 429, code: "lock_timeout" }],
    ["StripeConnectionError", { do: "reset_after", times: 2 }],
  ])("unavailable: %s %o", async (type, fault) => {
    const { stripe, control } = await standIn();
    await control("POST faults", { match: { path: "/v1/customers" }, ...fault });
    const error = await failure(stripe.customers.create({}));
    expect([error.type, stripeFailure(error)?.kind]).toEqual([type, "unavailable"]);
  });

  test("keys: another's parameters and nobody's key", async () => {
    const { stripe, url } = await standIn();
    await stripe.customers.create({ name: "a" }, { idempotencyKey: "k" });
    const reused = await failure(stripe.customers.create({ name: "b" }, { idempotencyKey: "k" }));
    expect([reused.type, stripeFailure(reused)?.kind]).toEqual(["StripeIdempotencyError", "unavailable"]);
    const nobody = await fetch(`${url}/v1/customers`, { headers: { authorization: "Bearer sk_test_other" } });
    expect(nobody.status).toBe(401);
  });
});
