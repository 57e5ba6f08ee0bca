import { postRefund } from "@/lib/http/endpoints/transactions";
import { routes } from "@/lib/http/routes";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = routes(postRefund);
