import { postResume } from "@/lib/http/endpoints/subscription-pause";
import { routes } from "@/lib/http/routes";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = routes(postResume);
