import { listRecharges, postRecharge } from "@/lib/http/endpoints/recharges";
import { routes } from "@/lib/http/routes";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = routes(listRecharges, postRecharge);
