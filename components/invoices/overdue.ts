import type { Invoice } from "@/lib/invoices/queries";

/** Open, and not paid when it was due. */
export const isOverdue = (invoice: Pick<Invoice, "status" | "dueAt">, at: Date): boolean =>
  invoice.status === "open" && invoice.dueAt !== null && invoice.dueAt < at;
