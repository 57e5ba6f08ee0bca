import { postAdjustment } from "@/lib/http/endpoints/adjustments";
import { routes } from "@/lib/http/routes";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = routes(postAdjustment);
