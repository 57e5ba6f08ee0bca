/** First steps of the addresses that a billing system asks: what the stand-in is there for. */
const BILLING = [
  "balance",
  "balance_transactions",
  "billing",
  "billing_portal",
  "charges",
  "checkout",
  "confirmation_tokens",
  "coupons",
  "credit_notes",
  "customer_sessions",
  "customers",
  "disputes",
  "events",
  "invoice_payments",
  "invoiceitems",
  "invoices",
  "mandates",
  "payment_intents",
  "payment_methods",
  "payouts",
  "plans",
  "prices",
  "products",
  "promotion_codes",
  "refunds",
  "setup_attempts",
  "setup_intents",
  "subscription_items",
  "subscriptions",
  "tax_ids",
  "tax_rates",
  "test_helpers/confirmation_tokens",
  "test_helpers/customers",
  "test_helpers/refunds",
  "test_helpers/test_clocks",
  "webhook_endpoints",
];

/** @param path `/v1/customers/:id` */
export function isBilling(path: string): boolean {
  return BILLING.some((start) => path === `/v1/${start}` || path.startsWith(`/v1/${start}/`));
}
