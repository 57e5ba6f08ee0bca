import { succeeded } from "./billing-api";
import type { Customer } from "./customer";

export interface Billed {
  subscriptionId: string;
  /** The invoice of the first period, paid. */
  paidInvoiceId: string;
  /** Written by hand and final. */
  openInvoiceId: string;
  draftId: string;
  /** The payment of the first period, of which a part was given back. */
  paymentId: string;
}

type Listed = { data: { id: string; status: string; invoiceId?: string | null; type?: string }[] };

/** A plan that is paid, usage beyond its quota, a refund, an open invoice and a draft. The customer has a method already. */
export async function bill(customer: Customer): Promise<Billed> {
  const { api, service } = customer;
  const { id: subscriptionId } = succeeded(
    await api.post<{ id: string }>("/subscriptions", { plan: "starter", billingCycle: "monthly", trialDays: 0 }),
  );
  succeeded(await service.post(`/subscriptions/${subscriptionId}/usage`, { metric: "messages", quantity: 10_500 }));
  succeeded(await service.post(`/subscriptions/${subscriptionId}/usage`, { metric: "api_calls", quantity: 61_000 }));
  const lineItems = [{ description: "Support, hours", quantity: "3.5", unitAmount: "120.00" }];
  const open = succeeded(await api.post<{ id: string }>("/invoices", { lineItems, finalize: true }));
  const draft = succeeded(await api.post<{ id: string }>("/invoices", { lineItems, memo: "Not sent yet" }));
  const payment = await firstPayment(customer);
  succeeded(await api.post(`/transactions/${payment.id}/refund`, { amount: "9.00", reason: "An outage" }));
  return {
    subscriptionId,
    paidInvoiceId: payment.invoiceId,
    openInvoiceId: open.id,
    draftId: draft.id,
    paymentId: payment.id,
  };
}

/** Invoices of Stripe come by its webhooks: a moment after they were paid. */
async function firstPayment({ api }: Customer): Promise<{ id: string; invoiceId: string }> {
  for (let tries = 0; tries < 100; tries++) {
    const { data } = succeeded(await api.get<Listed>("/transactions?type=payment&status=succeeded"));
    const found = data.find((one) => one.invoiceId);
    if (found?.invoiceId) return { id: found.id, invoiceId: found.invoiceId };
    await new Promise((done) => setTimeout(done, 200));
  }
  throw new Error("the first payment of the subscription is not in the list after 20 seconds");
}
