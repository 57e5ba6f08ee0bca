import { postStripeWebhook } from "@/lib/http/endpoints/webhooks";
import { routes } from "@/lib/http/routes";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = routes(postStripeWebhook);
