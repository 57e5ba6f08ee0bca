import { getInvoices, postInvoice } from "@/lib/http/endpoints/invoices";
import { routes } from "@/lib/http/routes";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = routes(getInvoices, postInvoice);
