import type Stripe from "stripe";

/** One line that an invoice is made of, before discounts and taxes are worked out. */
export interface DraftLine {
  description: string | null;
  /** Minor units of the invoice's currency, before discounts and exclusive tax; negative for credits. */
  amountMinor: number;
  quantity: number | null;
  price: Stripe.Price | null;
  /** Unit price of one tier or of a free amount; without it the price's own is shown. */
  unitAmountDecimal?: string | null;
  /** Product of a line whose price is not kept. */
  product?: string | null;
  /** Unix seconds. */
  period: { start: number; end: number };
  proration: boolean;
  /** The subscription the line belongs to; without it the invoice's own. */
  subscription?: string | null;
  subscriptionItem: string | null;
  /** The invoice item behind the line, when there is one. */
  invoiceItem: string | null;
  /** Own rates; an empty list takes the invoice's default rates. */
  taxRates: Stripe.TaxRate[];
  /** Ids of the line's own discounts, which come before those of the invoice. */
  discounts: string[];
  /** Always false for prorations. */
  discountable: boolean;
  metadata: Stripe.Metadata;
  prorationDetails: Stripe.InvoiceLineItem.Parent.SubscriptionItemDetails.ProrationDetails | null;
}

/** What an invoice is drafted from, whoever asks for it. */
export interface DraftInput {
  /** Known before the invoice is made; a new one without it. */
  id?: string;
  customer: Stripe.Customer;
  /** The subscription the invoice is for; its metadata are copied. */
  subscription: Stripe.Subscription | null;
  billingReason: Stripe.Invoice.BillingReason;
  /** Subscription lines and the like; pending invoice items come before them by `includePendingItems`. */
  lines: DraftLine[];
  /** Lower case. */
  currency: string;
  collectionMethod: "charge_automatically" | "send_invoice";
  /** Days from the creation; `dueDate` wins. */
  daysUntilDue?: number | null;
  /** Unix seconds. */
  dueDate?: number | null;
  autoAdvance: boolean;
  defaultPaymentMethod?: string | null;
  paymentSettings?: Partial<Stripe.Invoice.PaymentSettings>;
  /** Discounts of the whole invoice, in their order. */
  discounts: Stripe.Discount[];
  defaultTaxRates: Stripe.TaxRate[];
  metadata?: Stripe.Metadata;
  description?: string | null;
  footer?: string | null;
  customFields?: Stripe.Invoice.CustomField[] | null;
  statementDescriptor?: string | null;
  /** Unix seconds; now when left out. */
  periodStart?: number;
  periodEnd?: number;
  /** Pulls in what waits for the customer's (and this subscription's) next invoice, in the invoice's currency. */
  includePendingItems: boolean;
  /** Unix seconds; for previews of a change at a given moment. */
  prorationDate?: number | null;
}
