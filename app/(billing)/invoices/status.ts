import type { InvoiceFilter, InvoiceStatus } from "@/lib/invoices/queries";

export const STATUSES: readonly InvoiceStatus[] = ["draft", "open", "paid", "void", "uncollectible"];

/** The status that the page's address asks for; undefined: all. */
export const readStatus = (asked: string | string[] | null | undefined): InvoiceStatus | undefined =>
  STATUSES.find((status) => status === asked);

export const toFilter = (status: InvoiceStatus | undefined): InvoiceFilter => (status ? { status: [status] } : {});
