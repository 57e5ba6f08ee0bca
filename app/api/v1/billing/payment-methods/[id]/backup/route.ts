import { postBackup } from "@/lib/http/endpoints/payment-method-details";
import { routes } from "@/lib/http/routes";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = routes(postBackup);
