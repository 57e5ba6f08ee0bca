import type { Account } from "../account";
import { presentBalanceTransaction } from "./balance-transactions/present";

/** Any object of the account by its id, as it is answered now. */
export function readObject(account: Account, id: string): object | null {
  const { tables } = account;
  const byPrefix: Record<string, (id: string) => object | undefined> = {
    cus: (key) => tables.customers.get(key),
    pm: (key) => tables.paymentMethods.get(key),
    mandate: (key) => tables.mandates.get(key),
    seti: (key) => tables.setupIntents.get(key),
    setatt: (key) => tables.setupAttempts.get(key),
    pi: (key) => tables.paymentIntents.get(key),
    ch: (key) => tables.charges.get(key),
    py: (key) => tables.charges.get(key),
    re: (key) => tables.refunds.get(key),
    pyr: (key) => tables.refunds.get(key),
    du: (key) => tables.disputes.get(key),
    bpc: (key) => tables.portalConfigurations.get(key),
    txn: (key) => {
      const row = tables.balanceTransactions.get(key);
      return row && presentBalanceTransaction(account, row);
    },
  };
  return byPrefix[id.slice(0, id.indexOf("_"))]?.(id) ?? null;
}

function listOf(data: object[], url: string) {
  return { object: "list", data, has_more: false, url };
}

/** Members that appear only when they are expanded. */
export function readOptionalMember(account: Account, object: Record<string, unknown>, field: string): unknown {
  const id = String(object.id);
  if (object.object === "charge" && field === "refunds") {
    const refunds = [...account.tables.refunds.newestFirst()].filter((refund) => refund.charge === id);
    return listOf(refunds, `/v1/charges/${id}/refunds`);
  }
  if (object.object === "customer" && ["sources", "subscriptions", "tax_ids"].includes(field)) {
    return listOf([], `/v1/customers/${id}/${field}`);
  }
  return undefined;
}
