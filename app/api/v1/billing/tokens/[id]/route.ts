import { deleteToken } from "@/lib/http/endpoints/tokens";
import { routes } from "@/lib/http/routes";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = routes(deleteToken);
