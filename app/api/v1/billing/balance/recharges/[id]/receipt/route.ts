import { getReceiptPdf } from "@/lib/http/endpoints/documents";
import { routes } from "@/lib/http/routes";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = routes(getReceiptPdf);
