import { postSubscriptionPreview } from "@/lib/http/endpoints/subscription-preview";
import { routes } from "@/lib/http/routes";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = routes(postSubscriptionPreview);
