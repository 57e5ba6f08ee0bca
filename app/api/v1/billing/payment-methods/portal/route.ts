import { postPortal } from "@/lib/http/endpoints/payment-methods";
import { routes } from "@/lib/http/routes";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = routes(postPortal);
