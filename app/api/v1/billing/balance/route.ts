import { getBalance } from "@/lib/http/endpoints/balance";
import { routes } from "@/lib/http/routes";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = routes(getBalance);
