import type { Route } from "./http/route";
import { balanceRoutes } from "./resources/balance/routes";
import { balanceTransactionRoutes } from "./resources/balance-transactions/routes";
import { billingAlertRoutes } from "./resources/billing-alerts/routes";
import { chargeRoutes } from "./resources/charges/routes";
import { checkoutRoutes } from "./resources/checkout/routes";
import { confirmationTokenRoutes } from "./resources/confirmation-tokens/routes";
import { couponRoutes } from "./resources/coupons/routes";
import { creditGrantRoutes } from "./resources/credit-grants/routes";
import { creditNoteRoutes } from "./resources/credit-notes/routes";
import { customerBalanceRoutes } from "./resources/customer-balance/routes";
import { customerSessionRoutes } from "./resources/customer-sessions/routes";
import { customerRoutes } from "./resources/customers/routes";
import { discountRoutes } from "./resources/discounts/routes";
import { disputeRoutes } from "./resources/disputes/routes";
import { invoiceItemRoutes } from "./resources/invoice-items/routes";
import { invoicePaymentRoutes } from "./resources/invoice-payments/routes";
import { invoiceActionRoutes } from "./resources/invoices/action-routes";
import { invoiceLineRoutes } from "./resources/invoices/line-routes";
import { invoicePreviewRoutes } from "./resources/invoices/preview-route";
import { invoiceRoutes } from "./resources/invoices/routes";
import { mandateRoutes } from "./resources/mandates/mandates";
import { meterEventRoutes } from "./resources/meter-events/routes";
import { meterRoutes } from "./resources/meters/routes";
import { paymentIntentRoutes } from "./resources/payment-intents/routes";
import { paymentMethodRoutes } from "./resources/payment-methods/routes";
import { payoutRoutes } from "./resources/payouts/routes";
import { portalConfigurationRoutes } from "./resources/portal/configurations";
import { portalSessionRoutes } from "./resources/portal/sessions";
import { planRoutes } from "./resources/prices/plan-routes";
import { priceRoutes } from "./resources/prices/routes";
import { entitlementFeatureRoutes } from "./resources/products/entitlement-features";
import { productFeatureRoutes } from "./resources/products/features";
import { productRoutes } from "./resources/products/routes";
import { promotionCodeRoutes } from "./resources/promotion-codes/routes";
import { refundRoutes } from "./resources/refunds/routes";
import { setupIntentRoutes } from "./resources/setup-intents/routes";
import { subscriptionItemRoutes } from "./resources/subscription-items/routes";
import { subscriptionRoutes } from "./resources/subscriptions/routes";
import { taxIdRoutes } from "./resources/tax-ids/routes";
import { taxRateRoutes } from "./resources/tax-rates/routes";
import { testClockRoutes } from "./resources/test-clocks/routes";
import { endpointRoutes } from "./webhooks/endpoint-routes";
import { eventRoutes } from "./webhooks/event-routes";

/** Every address of the API that the stand-in answers. */
export const ROUTES: Route[] = [
  ...customerRoutes,
  ...customerSessionRoutes,
  ...checkoutRoutes,
  ...paymentMethodRoutes,
  ...mandateRoutes,
  ...setupIntentRoutes,
  ...paymentIntentRoutes,
  ...confirmationTokenRoutes,
  ...chargeRoutes,
  ...balanceRoutes,
  ...balanceTransactionRoutes,
  ...payoutRoutes,
  ...refundRoutes,
  ...disputeRoutes,
  ...productRoutes,
  ...productFeatureRoutes,
  ...entitlementFeatureRoutes,
  ...priceRoutes,
  ...couponRoutes,
  ...promotionCodeRoutes,
  ...discountRoutes,
  ...taxRateRoutes,
  ...taxIdRoutes,
  ...customerBalanceRoutes,
  ...creditNoteRoutes,
  ...invoiceItemRoutes,
  ...invoicePaymentRoutes,
  ...invoiceRoutes,
  ...invoicePreviewRoutes,
  ...invoiceActionRoutes,
  ...invoiceLineRoutes,
  ...planRoutes,
  ...meterRoutes,
  ...meterEventRoutes,
  ...billingAlertRoutes,
  ...creditGrantRoutes,
  ...portalConfigurationRoutes,
  ...portalSessionRoutes,
  ...subscriptionRoutes,
  ...subscriptionItemRoutes,
  ...testClockRoutes,
  ...eventRoutes,
  ...endpointRoutes,
];
