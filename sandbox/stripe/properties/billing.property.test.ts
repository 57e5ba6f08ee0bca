import fc from "fast-check";
import type Stripe from "stripe";
import { afterEach, expect, test } from "vitest";
import { now, setClockForTests } from "@/lib/clock";
import { type StandIn, standIn } from "../testing/stand-in";
import { all, type Books, readBooks, sum } from "./books";
import { type Catalogue, openShop } from "./catalogue";
import { perform } from "./perform";
import { step } from "./steps";

afterEach(() => setClockForTests(null));

const HOUR = 3_600;

function checkTotals({ invoices, lines }: Books): void {
  for (const invoice of invoices) {
    const own = lines.get(invoice.id) ?? [];
    const discounts = sum((invoice.total_discount_amounts ?? []).map(({ amount }) => amount));
    const credits = (invoice.total_pretax_credit_amounts ?? []).filter(
      ({ type }) => type === "credit_balance_transaction",
    );
    const onTop = (invoice.total_taxes ?? []).filter((tax) => tax.tax_behavior === "exclusive");
    const made =
      sum(own.map((line) => line.amount)) -
      discounts -
      sum(credits.map(({ amount }) => amount)) +
      sum(onTop.map(({ amount }) => amount));
    expect(invoice.total, `total of ${invoice.id}`).toBe(made);
    expect(discounts).toBe(sum(own.flatMap((line) => (line.discount_amounts ?? []).map(({ amount }) => amount))));
    expect(sum((invoice.total_taxes ?? []).map(({ amount }) => amount))).toBe(
      sum(own.flatMap((line) => (line.taxes ?? []).map(({ amount }) => amount))),
    );
  }
}

/** What is due is the total less what the customer's balance and notes before the payment took. */
function checkDue({ invoices, creditNotes }: Books): void {
  for (const invoice of invoices) {
    if (!["open", "paid", "uncollectible"].includes(invoice.status ?? "")) continue;
    const notes = creditNotes.filter((note) => note.invoice === invoice.id && note.status === "issued");
    const taken = sum(notes.map((note) => note.pre_payment_amount));
    expect(invoice.pre_payment_credit_notes_amount).toBe(taken);
    const balance = (invoice.ending_balance ?? 0) - invoice.starting_balance;
    expect(invoice.amount_due, `due of ${invoice.id}`).toBe(invoice.total - balance - taken);
    expect(invoice.amount_remaining).toBe(invoice.amount_due - invoice.amount_paid);
    if (invoice.status === "paid") expect(invoice.amount_remaining).toBe(0);
  }
}

function checkPayments({ invoices, payments, intents }: Books): void {
  for (const invoice of invoices) {
    const own = payments.filter((payment) => payment.invoice === invoice.id && payment.status === "paid");
    expect(sum(own.map((payment) => payment.amount_paid ?? 0)), `payments of ${invoice.id}`).toBe(invoice.amount_paid);
    for (const { payment, amount_paid: paid } of own) {
      const intent = intents.find(({ id }) => id === payment.payment_intent);
      expect([intent?.status, intent?.amount_received]).toEqual(["succeeded", paid]);
    }
  }
}

/** What is booked is what was paid, less what went back and the fees. Payouts only carry it to the bank. */
function checkBalance({ charges, refunds, disputes, transactions: all }: Books): void {
  const transactions = all.filter(({ type }) => !type.startsWith("payout"));
  const paid = sum(charges.filter((charge) => charge.paid).map((charge) => charge.amount_captured));
  const back = sum(refunds.filter((refund) => refund.status !== "failed").map((refund) => refund.amount));
  const lost = sum(disputes.filter((dispute) => dispute.status !== "won").map((dispute) => dispute.amount));
  expect(sum(transactions.map((row) => row.amount))).toBe(paid - back - lost);
  expect(sum(transactions.map((row) => row.net))).toBe(paid - back - lost - sum(transactions.map((row) => row.fee)));
}

/** What a customer has used up at Stripe is what the transactions say. */
async function checkCustomers(stripe: Stripe, shop: Catalogue): Promise<void> {
  for (const id of shop.customers) {
    const customer = await stripe.customers.retrieve(id);
    const moves = await all(stripe.customers.listBalanceTransactions(id, { limit: 100 }));
    if (!customer.deleted) expect(customer.balance).toBe(sum(moves.map(({ amount }) => amount)));
    expect(moves[0]?.ending_balance ?? 0).toBe(sum(moves.map(({ amount }) => amount)));
    const credits = await all(stripe.billing.creditBalanceTransactions.list({ customer: id, limit: 100 }));
    const left = credits.map(
      ({ credit, debit }) => (credit?.amount.monetary?.value ?? 0) - (debit?.amount.monetary?.value ?? 0),
    );
    const summary = await stripe.billing.creditBalanceSummaries.retrieve({
      customer: id,
      filter: { type: "applicability_scope", applicability_scope: { price_type: "metered" } },
    });
    expect(summary.balances[0]?.available_balance.monetary?.value ?? 0).toBe(sum(left));
    expect(sum(left)).toBeGreaterThanOrEqual(0);
  }
}

/** Nothing is sold twice: where nothing was changed on the way, the periods billed for an item follow one another. */
async function checkPeriods(stripe: Stripe, { lines }: Books): Promise<void> {
  const at = now().getTime() / 1000;
  const billed = [...lines.values()].flat();
  for (const subscription of await all(stripe.subscriptions.list({ status: "all", limit: 100 }))) {
    for (const item of subscription.items.data) {
      if (subscription.status === "active")
        expect(item.current_period_start <= at && at < item.current_period_end + HOUR, item.id).toBe(true);
      const own = billed.filter((line) => line.parent?.subscription_item_details?.subscription_item === item.id);
      const prices = new Set(own.map((line) => line.pricing?.price_details?.price));
      if (prices.size > 1 || own.some((line) => line.parent?.subscription_item_details?.proration)) continue;
      const periods = [...new Map(own.map(({ period }) => [period.start, period.end]))].sort(([a], [b]) => a - b);
      for (const [index, [start]] of periods.entries())
        if (index > 0) expect(start, `periods of ${item.id}`).toBe(periods[index - 1]?.[1]);
    }
  }
}

async function live(standin: StandIn, steps: Parameters<typeof perform>[2][]): Promise<void> {
  const shop = await openShop(standin.stripe);
  const settled = new Set<string>();
  for (const action of steps) {
    await perform(standin, shop, action);
    const intents = await all(standin.stripe.paymentIntents.list({ limit: 100 }));
    for (const { id, status } of intents) {
      if (status === "succeeded") settled.add(id);
      else expect(settled.has(id), `${id} left succeeded for ${status}`).toBe(false);
    }
  }
  await standin.advance("2h");
  const books = await readBooks(standin.stripe);
  checkTotals(books);
  checkDue(books);
  checkPayments(books);
  checkBalance(books);
  await checkCustomers(standin.stripe, shop);
  await checkPeriods(standin.stripe, books);
}

test("whatever happens between customers and an account, its books add up", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 16, maxLength: 32 }), async (steps) => {
      setClockForTests("2027-12-30T15:00:00Z");
      const standin = await standIn();
      await live(standin, steps);
      await standin.close();
    }),
    // A counterexample is worth a search, but not the whole run.
    { numRuns: 10, interruptAfterTimeLimit: 150_000, markInterruptAsFailure: false },
  );
}, 180_000);
