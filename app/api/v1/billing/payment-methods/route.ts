import { getPaymentMethods, postPaymentMethod } from "@/lib/http/endpoints/payment-methods";
import { routes } from "@/lib/http/routes";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = routes(getPaymentMethods, postPaymentMethod);
