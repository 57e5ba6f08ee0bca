import { getOneSubscription, patchSubscription } from "@/lib/http/endpoints/subscriptions";
import { routes } from "@/lib/http/routes";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = routes(getOneSubscription, patchSubscription);
