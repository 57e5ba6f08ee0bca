import { afterEach, beforeEach, expect, test } from "vitest";
import { setClockForTests } from "@/lib/clock";
import { billedCustomer, intentOf, openOver } from "../../testing/billing";
import { answerChallenge, failure, standIn } from "../../testing/stand-in";

beforeEach(() => setClockForTests("2030-03-04T15:00:00Z"));
afterEach(() => setClockForTests(null));

test.each([
  ["pm_card_visa", "paid"],
  ["pm_card_amex", "paid"],
  ["pm_card_threeDSecureOptional", "paid"],
  ["pm_card_authenticationRequiredSetupForOffSession", "paid"],
  ["pm_card_bypassPending", "paid"],
  ["pm_card_createDispute", "paid"],
  ["pm_card_refundFail", "paid"],
])("%s pays while nobody is there", async (method, status) => {
  const { stripe } = await standIn();
  const invoice = await openOver(stripe, await billedCustomer(stripe, method), 1_000);
  expect((await stripe.invoices.pay(invoice.id)).status).toBe(status);
});

test.each([
  ["pm_card_chargeCustomerFail", "generic_decline"],
  ["pm_card_riskLevelHighest", "fraudulent"],
])("%s is declined, and the invoice stays open", async (method, code) => {
  const { stripe } = await standIn();
  const customer = await billedCustomer(stripe, method);
  const invoice = await openOver(stripe, customer, 1_000);
  expect(await failure(stripe.invoices.pay(invoice.id))).toMatchObject({ code: "card_declined", decline_code: code });
  expect(await stripe.invoices.retrieve(invoice.id)).toMatchObject({
    status: "open",
    amount_paid: 0,
    attempt_count: 1,
  });
  expect(await intentOf(stripe, invoice.id)).toMatchObject({ status: "requires_payment_method", payment_method: null });
  const other = await stripe.paymentMethods.attach("pm_card_visa", { customer });
  expect((await stripe.invoices.pay(invoice.id, { payment_method: other.id })).status).toBe("paid");
});

test.each([
  ["pm_card_authenticationRequired", "success", "paid"],
  ["pm_card_authenticationRequired", "fail", "open"],
  ["pm_card_authenticationRequiredOnSetup", "success", "paid"],
  ["pm_card_authenticationRequiredChargeDeclinedInsufficientFunds", "success", "open"],
  ["pm_card_threeDSecure2Required", "success", "paid"],
] as const)("%s waits for its customer: %s leaves it %s", async (method, answer, status) => {
  const standin = await standIn();
  const { stripe } = standin;
  const invoice = await openOver(stripe, await billedCustomer(stripe, method), 1_000);
  expect((await failure(stripe.invoices.pay(invoice.id, { off_session: false }))).code).toBe(
    "invoice_payment_intent_requires_action",
  );
  await answerChallenge(standin, await intentOf(stripe, invoice.id), answer);
  expect((await stripe.invoices.retrieve(invoice.id)).status).toBe(status);
});

test.each([
  ["pm_usBankAccount_success", "paid"],
  ["pm_usBankAccount_noAccount", "open"],
  ["pm_usBankAccount_accountClosed", "open"],
  ["pm_usBankAccount_processing", "open"],
  ["pm_usBankAccount_dispute", "paid"],
])("%s is %s after its days", async (method, status) => {
  const { stripe, advance } = await standIn();
  const invoice = await openOver(stripe, await billedCustomer(stripe, method), 1_000);
  expect(await stripe.invoices.pay(invoice.id)).toMatchObject({ status: "open", amount_remaining: 1_000 });
  await advance("8d");
  expect((await stripe.invoices.retrieve(invoice.id)).status).toBe(status);
});
