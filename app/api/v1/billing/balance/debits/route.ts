import { postDebit } from "@/lib/http/endpoints/debits";
import { routes } from "@/lib/http/routes";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = routes(postDebit);
