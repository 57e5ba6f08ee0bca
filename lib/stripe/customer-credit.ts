import type Stripe from "stripe";
import type { StripeCustomerId } from "@/lib/ids";
import { add, type Minor, max, negate, toMinor, ZERO } from "@/lib/money/minor";
import { stripe } from "./client";
import { fetchCustomer } from "./customers";

const NAME = "evenkeel_withdrawal";

/** What Stripe takes off a customer's next invoices, minor units; a balance below zero is a credit there. */
export const creditOf = (customer: Pick<Stripe.Customer, "balance">): Minor =>
  max(ZERO, negate(toMinor(customer.balance)));

/** @returns null for a customer that was deleted @throws Stripe's errors */
export async function fetchCredit(stripeCustomerId: StripeCustomerId): Promise<Minor | null> {
  const customer = await fetchCustomer(stripeCustomerId);
  return customer && creditOf(customer);
}

/** What a subscription's invoices below zero have given as credit since an instant, minor units. @throws Stripe's errors */
export async function creditGivenSince(stripeSubscriptionId: string, since: Date): Promise<Minor> {
  let givenMinor = ZERO;
  for await (const invoice of stripe().invoices.list({
    subscription: stripeSubscriptionId,
    created: { gte: Math.floor(since.getTime() / 1000) },
    status: "paid",
    limit: 100,
  }))
    givenMinor = add(givenMinor, max(ZERO, negate(toMinor(invoice.total))));
  return givenMinor;
}

/** The last balance transactions are looked through, not all: whoever asks is minutes late, seldom hours. */
const LOOKED_THROUGH = 100;

/**
 * Takes credit off a customer's balance once: the withdrawal names itself there, is looked for first and sent under its own key.
 * @throws Stripe's errors
 */
export async function takeCredit(input: {
  stripeCustomerId: StripeCustomerId;
  withdrawalId: string;
  amountMinor: Minor;
  currency: string;
}): Promise<void> {
  const { stripeCustomerId, withdrawalId, amountMinor, currency } = input;
  const last = await stripe().customers.listBalanceTransactions(stripeCustomerId, { limit: LOOKED_THROUGH });
  if (last.data.some(({ metadata }) => metadata?.[NAME] === withdrawalId)) return;
  await stripe().customers.createBalanceTransaction(
    stripeCustomerId,
    {
      amount: amountMinor,
      currency: currency.toLowerCase(),
      description: "Credit of a pause, not used before the plan ended",
      metadata: { [NAME]: withdrawalId },
    },
    { idempotencyKey: withdrawalId },
  );
}
