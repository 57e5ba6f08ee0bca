import { patchPaymentMethod } from "@/lib/http/endpoints/payment-method-details";
import { deletePaymentMethod } from "@/lib/http/endpoints/payment-methods";
import { routes } from "@/lib/http/routes";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = routes(patchPaymentMethod, deletePaymentMethod);
