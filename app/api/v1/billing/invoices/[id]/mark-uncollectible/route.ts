import { postMarkUncollectible } from "@/lib/http/endpoints/invoice-actions";
import { routes } from "@/lib/http/routes";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = routes(postMarkUncollectible);
