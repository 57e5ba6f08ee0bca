import { getDecisions } from "@/lib/http/endpoints/decisions";
import { routes } from "@/lib/http/routes";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = routes(getDecisions);
