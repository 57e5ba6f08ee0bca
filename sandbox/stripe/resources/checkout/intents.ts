import type Stripe from "stripe";
import type { Account } from "../../account";
import { unsupported } from "../../http/errors";
import type { Call } from "../../http/route";
import { idOf } from "../../state/ids";
import { redeem } from "../discounts/discounts";
import { draftInvoice } from "../invoices/draft";
import { finalizeInvoice } from "../invoices/finalize";
import { openDefault } from "../invoices/intent";
import { shippingOf } from "../payment-intents/build";
import { createPayment } from "../payment-intents/create";
import { lineAmount } from "../pricing/amount";
import { createSubscription } from "../subscriptions/create";
import { resolveTaxRates } from "../tax-rates/read";
import type { CheckoutBook } from "./book";
import { checkoutBook } from "./session";
import type { Figures } from "./totals";

type Session = Stripe.Checkout.Session;
type Intent = Stripe.PaymentIntent | Stripe.SetupIntent;

/** What has to be confirmed by the customer's method, and the session that knows of it. */
export interface Pending {
  session: Session;
  /** Null when nothing is due and no method is wanted. */
  intent: Intent | null;
}

function remember(account: Account, session: Session, intent: Intent | null, change: Partial<CheckoutBook>): void {
  account.tables.checkoutBooks.patch(session.id, { ...change, clientSecret: intent?.client_secret ?? null });
  if (intent) account.tables.checkoutIntents.put({ id: intent.id, session: session.id });
}

function known(account: Account, { clientSecret }: CheckoutBook): Intent | null {
  const id = clientSecret?.split("_secret_")[0] ?? "";
  return account.tables.paymentIntents.get(id) ?? account.tables.setupIntents.get(id) ?? null;
}

/** The invoice that `invoice_creation` asks for: it is paid by what the session is paid by. */
function invoiceFor(account: Account, session: Session, book: CheckoutBook, customer: Stripe.Customer): Stripe.Invoice {
  const data = book.given.invoice_creation?.invoice_data;
  const now = account.nowUnix();
  const draft = draftInvoice(account, {
    customer,
    subscription: null,
    billingReason: "manual",
    lines: book.lines.map((line) => {
      const price = account.tables.prices.get(line.price) ?? null;
      return {
        description: null,
        amountMinor: price ? lineAmount(account, price, line.quantity ?? 0) : 0,
        quantity: line.quantity,
        price,
        period: { start: now, end: now },
        proration: false,
        subscriptionItem: null,
        invoiceItem: null,
        taxRates: resolveTaxRates(account, line.taxRates),
        discounts: [],
        discountable: true,
        metadata: {},
        prorationDetails: null,
      };
    }),
    currency: session.currency ?? "usd",
    collectionMethod: "charge_automatically",
    autoAdvance: false,
    discounts: redeem(account, book.discounts, { customer: customer.id, checkout_session: session.id }),
    defaultTaxRates: [],
    includePendingItems: false,
    metadata: data?.metadata ?? {},
    description: data?.description ?? null,
    footer: data?.footer ?? null,
    customFields: data?.custom_fields ?? null,
  });
  return finalizeInvoice(account, draft);
}

function subscriptionFor(
  account: Account,
  session: Session,
  book: CheckoutBook,
  customer: Stripe.Customer,
  call: Call,
): Stripe.Subscription {
  const recurring = (price: string) => account.tables.prices.get(price)?.recurring !== null;
  const item = ({ price, quantity, taxRates, metadata }: CheckoutBook["lines"][number]) => ({
    price,
    ...(quantity !== null && { quantity }),
    ...(taxRates.length > 0 && { tax_rates: taxRates }),
    ...(Object.keys(metadata).length > 0 && { metadata }),
  });
  const request = book.given.payment_method_options?.card?.request_three_d_secure;
  const extras = book.lines.filter(({ price }) => !recurring(price));
  const created = createSubscription(
    account,
    {
      ...book.given.subscription_data,
      customer: customer.id,
      items: book.lines.filter(({ price }) => recurring(price)).map(item),
      ...(extras.length > 0 && { add_invoice_items: extras.map(item) }),
      ...(book.discounts.length > 0 && { discounts: book.discounts }),
      payment_behavior: "default_incomplete",
      payment_settings: {
        save_default_payment_method: "on_subscription",
        ...(request && { payment_method_options: { card: { request_three_d_secure: request } } }),
      },
      off_session: false,
    },
    call,
  );
  account.tables.checkoutSessions.put({ ...session, customer: customer.id });
  return created;
}

/** The intent a new subscription waits for: its first payment, or a method to pay with later. */
function intentOf(account: Account, subscription: Stripe.Subscription): Intent | null {
  const setup = account.tables.setupIntents.get(idOf(subscription.pending_setup_intent) ?? "");
  if (setup) return setup;
  const invoice = account.tables.invoices.get(idOf(subscription.latest_invoice) ?? "");
  return (invoice && openDefault(account, invoice)?.intent) ?? null;
}

function paymentFor(
  account: Account,
  session: Session,
  book: CheckoutBook,
  customer: string | null,
  amount: number,
  call: Call,
) {
  const data = book.given.payment_intent_data;
  return createPayment(
    account,
    {
      ...data,
      amount,
      currency: session.currency ?? "usd",
      ...(customer && { customer }),
      ...(book.given.payment_method_options && { payment_method_options: book.given.payment_method_options }),
      payment_method_types: session.payment_method_types,
    },
    { ...call, version: null },
  );
}

/** What `payment_intent_data` says about an intent that an invoice has made. */
function describing(given: CheckoutBook["given"]["payment_intent_data"] = {}): Partial<Stripe.PaymentIntent> {
  const { shipping, capture_method: _refused, ...members } = given;
  return { ...members, ...(shipping && { shipping: shippingOf(shipping) }) };
}

/**
 * What the customer's method has to confirm: made when it is first tried, and kept for further tries.
 * @param customer null in payments that make no customer
 */
export function pendingIntent(
  account: Account,
  session: Session,
  customer: Stripe.Customer | null,
  figures: Figures | null,
  call: Call,
): Pending {
  const book = checkoutBook(account, session.id);
  const earlier = known(account, book);
  const put = (members: Partial<Session>) => account.tables.checkoutSessions.put({ ...session, ...members });
  if (earlier && (session.mode !== "payment" || idOf(session.invoice))) return { session, intent: earlier };
  if (session.mode === "setup") throw unsupported("a set-up without its intent");
  if (session.mode === "subscription" && customer) {
    const subscription = subscriptionFor(account, session, book, customer, call);
    const intent = intentOf(account, subscription);
    const asks = intent?.object !== "setup_intent" || session.payment_method_collection === "always";
    remember(account, session, asks ? intent : null, { subscription: subscription.id });
    return { session: put({ invoice: idOf(subscription.latest_invoice) }), intent: asks ? intent : null };
  }
  if (session.invoice_creation?.enabled && customer) {
    const invoice = invoiceFor(account, session, book, customer);
    const made = openDefault(account, invoice)?.intent ?? null;
    const intent =
      made &&
      account.tables.paymentIntents.put({
        ...made,
        ...describing(book.given.payment_intent_data),
      });
    remember(account, session, intent, {});
    return { session: put({ invoice: invoice.id, payment_intent: intent?.id ?? null }), intent };
  }
  const amount = figures?.total ?? 0;
  if (amount === 0) return { session, intent: null };
  if (earlier?.object === "payment_intent" && earlier.amount === amount) return { session, intent: earlier };
  const intent = paymentFor(account, session, book, customer?.id ?? null, amount, call);
  remember(account, session, intent, {});
  return { session: put({ payment_intent: intent.id }), intent };
}
