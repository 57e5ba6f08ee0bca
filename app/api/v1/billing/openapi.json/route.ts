import { getOpenApi } from "@/lib/http/registry";
import { routes } from "@/lib/http/routes";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = routes(getOpenApi);
