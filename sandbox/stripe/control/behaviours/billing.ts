import { group } from "./behaviour";

export const BILLING = [
  ...group("Catalogue", [
    [
      "Prices never change their amount; tiers are graduated or volume; packages round up or down",
      "products-prices/pricing-models",
    ],
    [
      "A coupon takes a part or an amount, once, for months or for ever, from some products or all",
      "billing/subscriptions/coupons",
    ],
    [
      "A promotion code may be for a first order, a minimum amount or one customer",
      "billing/subscriptions/coupons#promotion-codes",
    ],
    [
      "A coupon for once is spent by the first invoice it takes something off, so it waits through a trial",
      "changelog/2013-10-29/coupons-apply-invoice-total-balance",
    ],
    [
      "Credits and prorations are not discounted",
      "changelog/2015-03-24/coupons-no-longer-apply-negative-invoice-items",
    ],
    [
      "Discounts are taken off one after the other, those of a line before those of the invoice",
      "billing/subscriptions/coupons#stacking",
      "a percentage is rounded half up for the whole, and its parts go to the lines by largest remainder",
    ],
    [
      "Tax rates are part of the price or come on top, rounded for each line and rate",
      "billing/taxes/tax-rates",
      "rates only; there is no automatic tax",
    ],
    [
      "Tax ids of customers are looked up: 000000000 exists, 111111111 does not, 222222222 stays pending",
      "billing/customer/tax-ids#validation",
      "nobody is asked: every other well-formed number of a kind that can be looked up exists, 2 seconds later",
    ],
    ["Features belong to products", "billing/entitlements", "who is entitled to what is not worked out"],
  ]),
  ...group("Invoices", [
    ["draft, open, paid, void, uncollectible, and no other way between them", "invoicing/overview#invoice-statuses"],
    [
      "A renewal's invoice stays a draft for about an hour before it is finalised and charged",
      "billing/invoices/subscription",
    ],
    [
      "Finalising gives the number, takes the customer's balance and makes the payment intent",
      "invoicing/integration/workflow-transitions",
    ],
    ["The customer's credit balance is used by the next invoice", "billing/customer/balance"],
    [
      "Less than the smallest charge is owed with the next invoice instead",
      "billing/customer/balance",
      "so is what is below the steps of a currency (ten fils): Stripe does not say what becomes of it",
    ],
    [
      "A preview has the totals of the invoice it stands for, and nothing is kept of it",
      "api/invoices/create_preview",
      "it carries all its lines itself; schedules and recurring amounts cannot be previewed",
    ],
    [
      "After a failed payment retries follow the account's plan; a card refused for good is only counted",
      "billing/revenue-recovery/smart-retries",
      "3, 5 and 7 days after the attempt before; Smart Retries are off",
    ],
    ["Payments are attached in parts; what is too much becomes the customer's credit", "invoicing/partial-payments"],
    [
      "A payment that needs its customer leaves the intent in requires_action and tells invoice.payment_action_required",
      "billing/subscriptions/overview#requires-action",
    ],
    [
      "invoice.will_be_due and invoice.overdue come as the account's automations say",
      "invoicing/automations",
      "7 days before and 1 day after the due date",
    ],
    [
      "The hour of a draft begins when invoice.created has reached its endpoints",
      "billing/invoices/subscription#webhooks",
      "it begins with the draft",
    ],
    [
      "An item with an amount of its own has a price made for it",
      "api/invoiceitems/object",
      "it has a unit amount and no price",
    ],
    ["Shipping costs on invoices", "invoicing/customize#shipping", "not there: standin_unsupported"],
    ["Invoices are mailed", "invoicing/send-email", "invoice.sent is told, nothing is mailed"],
    [
      "A credit note lowers what is due first; the rest is refunded, credited or given outside of Stripe, as it says",
      "api/credit_notes/create",
    ],
  ]),
  ...group("Subscriptions", [
    [
      "A first payment that fails leaves it incomplete, 23 hours later incomplete_expired",
      "billing/subscriptions/overview#subscription-statuses",
    ],
    [
      "A renewal that fails is tried again, meanwhile past_due",
      "billing/revenue-recovery/smart-retries",
      "a fixed plan of retries, as set in the Dashboard, not Stripe's own judgement",
    ],
    [
      "Renewed on the anchor's day of the month, on the last day where a month is shorter",
      "billing/subscriptions/billing-cycle",
    ],
    ["A change in the middle is prorated to the second", "billing/subscriptions/prorations"],
    ["trial_will_end comes three days before the end, or at once for a shorter trial", "billing/subscriptions/trials"],
    [
      "Flexible billing mode: credits count from what was really billed, items may have intervals of their own",
      "billing/subscriptions/billing-mode",
      "no classic mode; discounts of prorations are included, never itemized",
    ],
    [
      "A new interval starts a new cycle at once, unless some item keeps the old one",
      "billing/subscriptions/billing-cycle",
    ],
    [
      "invoice.upcoming comes some days before a renewal, as the account has set",
      "billing/subscriptions/webhooks",
      "7 days",
    ],
    [
      "A payment that cannot be made may hold an update back (pending_if_incomplete)",
      "billing/subscriptions/pending-updates",
      "not there, nor are backdating, thresholds and prebilling",
    ],
    ["Schedules of phases", "billing/subscriptions/subscription-schedules", "not there"],
  ]),
  ...group("Test clocks", [
    [
      "A customer with a clock lives in its time; it moves by at most two intervals of the shortest subscription",
      "billing/testing/test-clocks",
      "any number of customers and subscriptions, not three of each",
    ],
    ["Nothing of a clock's customers may be changed while it is on its way (429)", "billing/testing/test-clocks"],
    [
      "Objects have the clock's time",
      "billing/testing/test-clocks",
      "events are dated by the account's own clock, so that they are listed for 30 days",
    ],
  ]),
  ...group("Usage", [
    [
      "An event counts for the active meter of its name, between 35 days ago and 5 minutes ahead",
      "billing/subscriptions/usage-based/recording-usage-api",
    ],
    ["An identifier counts once within 24 hours", "api/billing/meter-event/create"],
    [
      "Only whole numbers; a period that sums up below zero is billed as zero",
      "billing/subscriptions/usage-based/recording-usage-api#usage-values",
    ],
    [
      "Summaries on whole minutes, hours or UTC days",
      "api/billing/meter-event-summary/list",
      "up to date at once; at Stripe events are counted a little later",
    ],
    [
      "An event can be taken back within 24 hours",
      "api/billing/meter-event-adjustment/create",
      "complete at once, never pending",
    ],
    [
      "Events for unknown customers are reported by thin events",
      "billing/subscriptions/usage-based/recording-usage-api#handle-errors",
      "they are refused at once",
    ],
    [
      "High-throughput streams (v2)",
      "billing/subscriptions/usage-based/recording-usage-api#high-throughput",
      "not there: standin_unsupported",
    ],
    [
      "An alert is raised once for each customer, by usage newer than itself",
      "billing/subscriptions/usage-based/alerts",
    ],
  ]),
  ...group("Billing credits", [
    [
      "Used by priority, then the earliest expiry, promotional before paid, then age",
      "billing/subscriptions/usage-based/billing-credits",
    ],
    [
      "They pay for metered lines when an invoice is finalised, before tax; voiding the invoice gives them back",
      "billing/subscriptions/usage-based/billing-credits",
    ],
    ["A grant can be voided until it is used, and expired at any time", "api/billing/credit-grant/void"],
    ["At most 100 unused grants for a customer", "billing/subscriptions/usage-based/billing-credits"],
  ]),
];
