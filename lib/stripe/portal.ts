import type Stripe from "stripe";
import type { StripeCustomerId } from "@/lib/ids";
import { stripe } from "./client";

/** Changed whenever the features below change: then a new configuration is made, and the old one stays for open sessions. */
const CONFIGURATION = "payment-methods-1";

export function portalConfigurationParams(): Stripe.BillingPortal.ConfigurationCreateParams {
  return {
    features: { payment_method_update: { enabled: true }, invoice_history: { enabled: true } },
    metadata: { evenkeel: CONFIGURATION },
  };
}

/** Found by its metadata, or made once. */
async function configurationId(): Promise<string> {
  for await (const configuration of stripe().billingPortal.configurations.list({ active: true, limit: 100 })) {
    if (configuration.metadata?.evenkeel === CONFIGURATION) return configuration.id;
  }
  const made = await stripe().billingPortal.configurations.create(portalConfigurationParams(), {
    idempotencyKey: `portal-configuration:${CONFIGURATION}`,
  });
  return made.id;
}

/**
 * A short-lived address of Stripe's Customer Portal.
 * @param locale ours (`en`, `zh-CN`); Stripe's Chinese is `zh`
 */
export async function createPortalSession(
  customerId: StripeCustomerId,
  returnUrl: string,
  locale: string,
): Promise<string> {
  const session = await stripe().billingPortal.sessions.create({
    customer: customerId,
    configuration: await configurationId(),
    return_url: returnUrl,
    locale: locale.startsWith("zh") ? "zh" : "en",
  });
  return session.url;
}
