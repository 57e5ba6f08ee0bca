import { getRecharge } from "@/lib/http/endpoints/recharges";
import { routes } from "@/lib/http/routes";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = routes(getRecharge);
