import { group } from "./behaviour";

/** What the customer's browser sees. */
export const PAGES = [
  ...group("Payment Element", [
    [
      "A customer session says which saved methods are shown, and whether they may be saved and removed",
      "payments/save-customer-payment-methods",
      "details of saved methods cannot be edited, and no security code is asked again",
    ],
    [
      "The box to save decides allow_redisplay and setup_future_usage",
      "payments/save-customer-payment-methods#enable-saving-the-payment-method-in-the-payment-element",
    ],
    ["Without an intent it makes confirmation tokens", "payments/finalize-payments-on-the-server"],
    [
      "The appearance is a theme, variables and rules",
      "elements/appearance-api",
      "labels are always above; rules reach the classes of frame/frame.css",
    ],
    ["Bank accounts are linked at the customer's bank", "payments/ach-direct-debit", "at a test bank, or typed in"],
  ]),
  ...group("Checkout", [
    [
      "A session is paid once, expires after 24 hours or when told to, and says so by an event",
      "api/checkout/sessions",
      "hosted_page only; no shipping, optional items, recovery or automatic tax",
    ],
    [
      "Payments that take days complete the session at once and end with async_payment_succeeded or _failed",
      "payments/checkout/fulfill-orders#delayed-notification",
    ],
    [
      "invoice_creation leaves a paid invoice",
      "payments/checkout/receipts#paid-invoices",
      "made before the payment, not after it",
    ],
  ]),
  ...group("Customer Portal", [
    [
      "The configuration says what customers may do; a flow leads through one thing and back",
      "customer-management/portal-deep-links",
      "no login page; no updates at the end of the period; sessions last an hour",
    ],
    [
      "A change of plan shows first what is due",
      "customer-management/configure-portal",
      "when the payment fails or wants authentication, nothing changes",
    ],
    [
      "Cancellations ask for a reason",
      "customer-management/cancellation-page",
      "before the cancellation, not after it",
    ],
    ["Plans are paused", "billing/subscriptions/pause-payment", "by `pause_collection` with `void`"],
  ]),
];
