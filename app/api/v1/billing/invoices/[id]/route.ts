import { deleteInvoice, getOneInvoice, patchInvoice } from "@/lib/http/endpoints/invoices";
import { routes } from "@/lib/http/routes";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = routes(deleteInvoice, getOneInvoice, patchInvoice);
