import type Stripe from "stripe";
import type { Fault, WebhookFault } from "../control/faults";
import type { SettingsRow } from "../control/settings";
import type { IdempotentAnswer } from "../http/idempotency";
import type { Instrument } from "../instruments/instrument";
import type { AlertMemory } from "../resources/billing-alerts/alerts";
import type { Challenge } from "../resources/challenges";
import type { RehearsedDecline } from "../resources/charges/rehearsed-declines";
import type { CheckoutBook } from "../resources/checkout/book";
import type { TokenContents } from "../resources/confirmation-tokens/tokens";
import type { CouponTerms } from "../resources/coupons/terms";
import type { CreditNoteLines } from "../resources/credit-notes/build";
import type { CustomerSessionRow } from "../resources/customer-sessions/sessions";
import type { CustomerTax } from "../resources/customers/tax";
import type { DiscountTerms } from "../resources/discounts/amounts";
import type { InvoiceBook, InvoiceIntent } from "../resources/invoices/book";
import type { Usage } from "../resources/meter-events/meter-events";
import type { Verification } from "../resources/microdeposits";
import type { FundsDay, PayoutItem } from "../resources/payouts/funds";
import type { PriceTerms } from "../resources/prices/terms";
import type { ProductFeature } from "../resources/products/features";
import type { PromotionTerms } from "../resources/promotion-codes/terms";
import type { SubscriptionBook } from "../resources/subscriptions/book";
import type { Work } from "../time/work";
import type { Delivery } from "../webhooks/delivery";
import type { Store } from "./store";

/** Everything the account holds: Stripe's objects, and what only the stand-in knows about them. */
export function openTables(store: Store) {
  return {
    customers: store.table<Stripe.Customer | Stripe.DeletedCustomer>("customers"),
    paymentMethods: store.table<Stripe.PaymentMethod>("payment_methods", "customer"),
    instruments: store.table<Instrument>("instruments"),
    mandates: store.table<Stripe.Mandate>("mandates"),
    setupIntents: store.table<Stripe.SetupIntent>("setup_intents", "customer", "payment_method"),
    setupAttempts: store.table<Stripe.SetupAttempt>("setup_attempts", "setup_intent"),
    paymentIntents: store.table<Stripe.PaymentIntent>("payment_intents", "customer"),
    challenges: store.table<Challenge>("challenges"),
    verifications: store.table<Verification>("verifications"),
    confirmationTokens: store.table<Stripe.ConfirmationToken>("confirmation_tokens"),
    tokenContents: store.table<TokenContents>("token_contents"),
    rehearsedDeclines: store.table<RehearsedDecline>("rehearsed_declines"),
    charges: store.table<Stripe.Charge>("charges", "customer", "payment_intent"),
    balanceTransactions: store.table<Stripe.BalanceTransaction>("balance_transactions", "source"),
    payouts: store.table<Stripe.Payout>("payouts"),
    payoutItems: store.table<PayoutItem>("payout_items", "payout"),
    fundsDays: store.table<FundsDay>("funds_days"),
    refunds: store.table<Stripe.Refund>("refunds", "charge", "payment_intent"),
    disputes: store.table<Stripe.Dispute>("disputes", "charge", "payment_intent"),
    products: store.table<Stripe.Product>("products"),
    productFeatures: store.table<ProductFeature>("product_features"),
    entitlementFeatures: store.table<Stripe.Entitlements.Feature>("entitlement_features"),
    prices: store.table<Stripe.Price>("prices", "product", "lookup_key"),
    priceTerms: store.table<PriceTerms>("price_terms"),
    coupons: store.table<Stripe.Coupon>("coupons"),
    deletedCoupons: store.table<Stripe.Coupon>("deleted_coupons"),
    couponTerms: store.table<CouponTerms>("coupon_terms"),
    promotionCodes: store.table<Stripe.PromotionCode>("promotion_codes"),
    promotionTerms: store.table<PromotionTerms>("promotion_terms"),
    discounts: store.table<Stripe.Discount>("discounts"),
    discountTerms: store.table<DiscountTerms>("discount_terms"),
    taxRates: store.table<Stripe.TaxRate>("tax_rates"),
    customerTax: store.table<CustomerTax>("customer_tax"),
    taxIds: store.table<Stripe.TaxId>("tax_ids", "customer"),
    customerBalanceTransactions: store.table<Stripe.CustomerBalanceTransaction>(
      "customer_balance_transactions",
      "customer",
    ),
    creditNoteLines: store.table<CreditNoteLines>("credit_note_lines"),
    creditNotes: store.table<Stripe.CreditNote>("credit_notes", "invoice"),
    invoices: store.table<Stripe.Invoice>("invoices", "customer"),
    invoiceBooks: store.table<InvoiceBook>("invoice_books"),
    invoiceIntents: store.table<InvoiceIntent>("invoice_intents"),
    invoiceItems: store.table<Stripe.InvoiceItem>("invoice_items", "customer", "invoice"),
    invoicePayments: store.table<Stripe.InvoicePayment>("invoice_payments", "invoice"),
    testClocks: store.table<Stripe.TestHelpers.TestClock>("test_clocks"),
    subscriptions: store.table<Stripe.Subscription>("subscriptions", "customer", "test_clock"),
    itemOwners: store.table<{ id: string; subscription: string }>("item_owners"),
    subscriptionBooks: store.table<SubscriptionBook>("subscription_books"),
    meters: store.table<Stripe.Billing.Meter>("meters"),
    meterEvents: store.table<Usage>("meter_events", "customer"),
    billingAlerts: store.table<Stripe.Billing.Alert>("billing_alerts"),
    billingAlertMemory: store.table<AlertMemory>("billing_alert_memory"),
    creditGrants: store.table<Stripe.Billing.CreditGrant>("credit_grants", "customer"),
    creditTransactions: store.table<Stripe.Billing.CreditBalanceTransaction>("credit_transactions", "credit_grant"),
    customerSessions: store.table<CustomerSessionRow>("customer_sessions"),
    checkoutSessions: store.table<Stripe.Checkout.Session>("checkout_sessions"),
    checkoutBooks: store.table<CheckoutBook>("checkout_books"),
    checkoutIntents: store.table<{ id: string; session: string }>("checkout_intents"),
    portalConfigurations: store.table<Stripe.BillingPortal.Configuration>("portal_configurations"),
    portalSessions: store.table<Stripe.BillingPortal.Session>("portal_sessions"),
    endpoints: store.table<Stripe.WebhookEndpoint>("webhook_endpoints"),
    endpointSecrets: store.table<{ id: string; secret: string }>("webhook_secrets"),
    events: store.table<Stripe.EventBase>("events"),
    deliveries: store.table<Delivery>("deliveries", "event"),
    delivered: store.table<Delivery>("delivered"),
    work: store.table<Work>("work"),
    idempotency: store.table<IdempotentAnswer>("idempotency"),
    faults: store.table<Fault>("faults"),
    settings: store.table<SettingsRow>("settings"),
    webhookFaults: store.table<WebhookFault>("webhook_faults"),
  };
}

export type Tables = ReturnType<typeof openTables>;
