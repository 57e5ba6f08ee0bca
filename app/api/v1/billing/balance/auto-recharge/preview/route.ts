import { postPreview } from "@/lib/http/endpoints/auto-recharge";
import { routes } from "@/lib/http/routes";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = routes(postPreview);
