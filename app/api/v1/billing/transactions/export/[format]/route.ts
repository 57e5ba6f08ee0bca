import { getExport } from "@/lib/http/endpoints/export-transactions";
import { routes } from "@/lib/http/routes";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = routes(getExport);
