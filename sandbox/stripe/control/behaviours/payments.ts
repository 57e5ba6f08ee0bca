import { group } from "./behaviour";

export const PAYMENTS = [
  ...group("Cards", [
    ["Test numbers and pm_card_ names succeed, decline or ask for authentication, each with its own code", "testing"],
    ["A pm_card_ name makes a new payment method each time it is used", "testing"],
    [
      "A card that always declines cannot be saved; 4000000000000341 can, and fails when charged",
      "testing#declined-payments",
    ],
    ["advice_code says whether another try makes sense", "declines/codes"],
    [
      "Numbers of real cards are refused",
      "testing",
      "every number outside the list is declined as test_mode_live_card",
    ],
  ]),
  ...group("Intents", [
    ["A payment intent that succeeded never changes its status again", "payments/paymentintents/lifecycle"],
    [
      "Off session, a bank that insists on authentication answers authentication_required",
      "payments/save-during-payment",
    ],
    ["error_on_requires_action fails instead of waiting", "api/payment_intents/create"],
    [
      "With manual confirmation the server confirms again after the customer",
      "payments/finalize-payments-on-the-server",
    ],
    ["Confirmation tokens are used once, within 12 hours", "api/confirmation_tokens"],
    [
      "A hold is captured in whole or in part, in several parts when asked for, and released after 7 days",
      "payments/place-a-hold-on-a-payment-method",
      "authorizations are not incremented or extended",
    ],
    ["Amounts of three-decimal currencies end with a zero, those of ISK and UGX with two", "currencies#special-cases"],
    ["setup_future_usage saves the method, and is refused off session", "payments/save-during-payment"],
    ["payment_method_types is refused from 2026-09-30 on", "changelog"],
    [
      "Payment methods are chosen by the Dashboard's settings, by currency and amount",
      "payments/payment-methods/dynamic-payment-methods",
      "cards and US bank accounts; SEPA debits where they are asked for by name, for payments only",
    ],
  ]),
  ...group("Bank debits", [
    [
      "A debit is processing, then succeeds or fails days later; it may come back as a dispute after that",
      "payments/ach-direct-debit",
      "four business days in UTC without holidays, as on a live account; test mode answers within minutes",
    ],
    [
      "Micro-deposits are named by amounts or descriptor code, within ten days and a few tries",
      "payments/ach-direct-debit/set-up-payment",
    ],
    [
      "Instant verification by Financial Connections",
      "financial-connections",
      "an account given in the browser as instant counts as verified",
    ],
  ]),
  ...group("Money", [
    [
      "A balance transaction for each charge, refund, dispute and payout; net is amount less fee",
      "reports/balance-transaction-types",
    ],
    [
      "Fees: 2.9 % + 30 for cards, 0.8 % up to $5 for ACH",
      "https://stripe.com/pricing",
      "the same for every card; half up; no conversion of currencies",
    ],
    ["The fee of a payment is not returned with its refund", "refunds"],
    ["A refund may be pending, fail later and return its money", "refunds#failed-refunds"],
    [
      "A dispute takes the amount and a fee at once; won, the amount comes back",
      "disputes/how-disputes-work",
      "the fee stays when it is won",
    ],
    [
      "Evidence is staged or sent once; winning_evidence and losing_evidence decide, escalate_inquiry_evidence escalates",
      "testing#disputes",
      "decided in the answer itself",
    ],
    [
      "An inquiry takes no money, and a refund ends it; a disputed charge cannot be refunded",
      "disputes/how-disputes-work",
    ],
    [
      "What is available is paid out every business day, and an automatic payout can be taken apart by its transactions",
      "payouts",
      "at midnight UTC, to one bank account; arrives on the next business day",
    ],
  ]),
];
