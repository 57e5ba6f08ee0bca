import { getEntries } from "@/lib/http/endpoints/entries";
import { routes } from "@/lib/http/routes";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = routes(getEntries);
