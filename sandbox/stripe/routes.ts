import type { Route } from "./http/route";
import { balanceTransactionRoutes } from "./resources/balance-transactions/routes";
import { chargeRoutes } from "./resources/charges/routes";
import { customerSessionRoutes } from "./resources/customer-sessions";
import { customerRoutes } from "./resources/customers/routes";
import { disputeRoutes } from "./resources/disputes/routes";
import { mandateRoutes } from "./resources/mandates/mandates";
import { paymentIntentRoutes } from "./resources/payment-intents/routes";
import { paymentMethodRoutes } from "./resources/payment-methods/routes";
import { portalConfigurationRoutes } from "./resources/portal/configurations";
import { portalSessionRoutes } from "./resources/portal/sessions";
import { refundRoutes } from "./resources/refunds/routes";
import { setupIntentRoutes } from "./resources/setup-intents/routes";
import { endpointRoutes } from "./webhooks/endpoint-routes";
import { eventRoutes } from "./webhooks/event-routes";

/** Every address of the API that the stand-in answers. */
export const ROUTES: Route[] = [
  ...customerRoutes,
  ...customerSessionRoutes,
  ...paymentMethodRoutes,
  ...mandateRoutes,
  ...setupIntentRoutes,
  ...paymentIntentRoutes,
  ...chargeRoutes,
  ...balanceTransactionRoutes,
  ...refundRoutes,
  ...disputeRoutes,
  ...portalConfigurationRoutes,
  ...portalSessionRoutes,
  ...eventRoutes,
  ...endpointRoutes,
];
