import { postHold } from "@/lib/http/endpoints/holds";
import { routes } from "@/lib/http/routes";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = routes(postHold);
