import { getUsage, postUsage } from "@/lib/http/endpoints/usage";
import { routes } from "@/lib/http/routes";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = routes(getUsage, postUsage);
