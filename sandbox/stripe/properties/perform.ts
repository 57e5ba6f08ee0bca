import Stripe from "stripe";
import type { StandIn } from "../testing/stand-in";
import { type Catalogue, EVENT } from "./catalogue";
import type { Step } from "./steps";

const BEHAVIORS = ["create_prorations", "always_invoice", "none"] as const;

function pick<T>(rows: readonly T[], at: number): T | undefined {
  return rows[at % Math.max(1, rows.length)];
}

/** Half of all terms are plain; the others have a discount, a tax or both. */
function termsOf({ coupons, taxRates }: Catalogue, terms: number) {
  const coupon = terms % 2 === 1 ? pick(coupons, terms) : undefined;
  const rate = terms % 3 === 1 ? pick(taxRates, terms) : undefined;
  return { ...(coupon && { discounts: [{ coupon }] }), ...(rate && { default_tax_rates: [rate] }) };
}

function quantityFor(price: Stripe.Price | undefined, quantity: number) {
  return price?.recurring?.usage_type === "metered" ? {} : { quantity };
}

async function bill(stripe: Stripe, shop: Catalogue, customer: string, step: Extract<Step, { do: "bill" }>) {
  await stripe.invoiceItems.create({ customer, amount: step.amount, currency: "usd", description: "Work" });
  const invoice = await stripe.invoices.create({
    customer,
    pending_invoice_items_behavior: "include",
    ...termsOf(shop, step.terms),
    ...(step.amount % 2 === 0 && { collection_method: "send_invoice", days_until_due: 14 }),
  });
  await stripe.invoices.finalizeInvoice(invoice.id);
}

async function change(stripe: Stripe, shop: Catalogue, step: Extract<Step, { do: "change" }>) {
  const subscription = pick((await stripe.subscriptions.list({ limit: 100 })).data, step.of);
  const item = subscription?.items.data[0];
  const price = pick(shop.prices, step.price);
  if (!subscription || !item || !price) return;
  await stripe.subscriptions.update(subscription.id, {
    items: [{ id: item.id, price: price.id, ...quantityFor(price, step.quantity) }],
    proration_behavior: BEHAVIORS[step.behavior] ?? "none",
  });
}

/** Before payment a note lowers what is due; after it, it gives back to the customer's balance or to the card. */
async function credit(stripe: Stripe, { of, amount }: Extract<Step, { do: "credit" }>) {
  const { data } = await stripe.invoices.list({ limit: 100 });
  const invoice = pick(
    data.filter(({ status }) => status === "paid" || status === "open"),
    of,
  );
  if (!invoice) return;
  const part = 1 + (amount % Math.max(1, invoice.total));
  const back = amount % 2 === 0 ? { credit_amount: part } : { refund_amount: part };
  return stripe.creditNotes.create({ invoice: invoice.id, amount: part, ...(invoice.status === "paid" && back) });
}

async function changeCard(stripe: Stripe, customer: string, good: boolean) {
  const { id } = await stripe.paymentMethods.attach(good ? "pm_card_visa" : "pm_card_chargeCustomerFail", { customer });
  await stripe.customers.update(customer, { invoice_settings: { default_payment_method: id } });
}

async function act(stripe: Stripe, shop: Catalogue, step: Exclude<Step, { do: "wait" }>) {
  const customer = pick(shop.customers, step.of) ?? "";
  const invoices = async (status: Stripe.InvoiceListParams.Status) =>
    pick((await stripe.invoices.list({ status, limit: 100 })).data, step.of)?.id;
  const open = step.do === "pay" || step.do === "void" || step.do === "forgive" ? await invoices("open") : undefined;
  switch (step.do) {
    case "subscribe": {
      const price = pick(shop.prices, step.price);
      return stripe.subscriptions.create({
        customer,
        items: [{ price: price?.id ?? "", ...quantityFor(price, step.quantity) }],
        ...(step.terms % 5 === 1 && { trial_period_days: 10 }),
        ...termsOf(shop, step.terms),
      });
    }
    case "change":
      return change(stripe, shop, step);
    case "cancel": {
      const subscription = pick((await stripe.subscriptions.list({ limit: 100 })).data, step.of);
      if (!subscription) return;
      return step.atEnd
        ? stripe.subscriptions.update(subscription.id, { cancel_at_period_end: true })
        : stripe.subscriptions.cancel(subscription.id, { prorate: true, invoice_now: true });
    }
    case "use":
      return stripe.billing.meterEvents.create({
        event_name: EVENT,
        payload: { stripe_customer_id: customer, value: String(step.value) },
      });
    case "bill":
      return bill(stripe, shop, customer, step);
    case "pay":
      return open && stripe.invoices.pay(open);
    case "void":
      return open && stripe.invoices.voidInvoice(open);
    case "forgive":
      return open && stripe.invoices.markUncollectible(open);
    case "credit":
      return credit(stripe, step);
    case "refund": {
      const charge = pick((await stripe.charges.list({ limit: 100 })).data, step.of);
      const left = (charge?.amount_captured ?? 0) - (charge?.amount_refunded ?? 0);
      return charge && stripe.refunds.create({ charge: charge.id, amount: Math.min(step.amount, left) || 1 });
    }
    case "grant":
      return stripe.billing.creditGrants.create({
        customer,
        amount: { type: "monetary", monetary: { currency: "usd", value: step.amount } },
        applicability_config: { scope: { price_type: "metered" } },
      });
    case "balance":
      return stripe.customers.createBalanceTransaction(customer, {
        amount: step.amount % 2 === 0 ? -step.amount : step.amount,
        currency: "usd",
      });
    case "card":
      return changeCard(stripe, customer, step.good);
  }
}

/** Carries out a step. What Stripe refuses is part of the game; what the stand-in cannot do, or fails at, is not. */
export async function perform(standin: StandIn, shop: Catalogue, step: Step): Promise<void> {
  if (step.do === "wait") return standin.advance(`${step.hours}h`);
  try {
    await act(standin.stripe, shop, step);
  } catch (error) {
    const refused = error instanceof Stripe.errors.StripeError && (error.statusCode ?? 500) < 500;
    if (!refused) throw error;
  }
}
