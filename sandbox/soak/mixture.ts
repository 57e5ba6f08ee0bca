import type { Act } from "./act";
import { batch, debit, hold, refund, rule, topUp } from "./money-deeds";
import { card, decline, exported, fault, page, signIn } from "./other-deeds";

const read =
  (work: (scene: Parameters<Act>[0]) => Promise<unknown>): Act =>
  (scene) =>
  () =>
    work(scene);

/** What is done, and how often in a thousand times. */
export const MIXTURE: Record<string, { weight: number; act: Act }> = {
  debit: { weight: 330, act: debit },
  batch: { weight: 45, act: batch },
  hold: { weight: 70, act: hold },
  balance: { weight: 200, act: read(({ of }) => of.client("balance").getBalance()) },
  entries: { weight: 70, act: read(({ of }) => of.client("entries").listEntries({ limit: 50 })) },
  transactions: { weight: 80, act: read(({ of }) => of.client("transactions").listTransactions({ limit: 50 })) },
  recharges: { weight: 40, act: read(({ of }) => of.client("recharges").listRecharges()) },
  decisions: { weight: 25, act: read(({ of }) => of.client("decisions").listDecisions()) },
  summary: { weight: 20, act: read(({ of }) => of.client("summary").summarizeTransactions("day")) },
  invoices: { weight: 20, act: read(({ of }) => of.client("invoices").listInvoices()) },
  preview: { weight: 20, act: read(({ of }) => of.client("preview").previewAutoRecharge({})) },
  export: { weight: 10, act: exported },
  page: { weight: 15, act: page },
  "sign-in": { weight: 4, act: signIn },
  "top-up": { weight: 14, act: topUp },
  refund: { weight: 12, act: refund },
  rule: { weight: 10, act: rule },
  card: { weight: 4, act: card },
  decline: { weight: 1, act: decline },
  fault: { weight: 2, act: fault },
};

export const WEIGHTS = Object.fromEntries(Object.entries(MIXTURE).map(([name, { weight }]) => [name, weight]));
