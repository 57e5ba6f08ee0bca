import type { Account } from "../account";
import { presentBalanceTransaction } from "./balance-transactions/present";
import { PAYOUT_ACCOUNT } from "./bank-accounts/payout-account";
import { CATALOGUE_MEMBERS } from "./catalogue-members";
import { expandedLineItems } from "./checkout/routes";
import { presentCoupon } from "./coupons/read";
import { INVOICE_MEMBERS } from "./invoice-members";
import { presentInvoice } from "./invoices/figure";
import { presentPromotionCode } from "./promotion-codes/read";
import { findItem } from "./subscription-items/find";
import { subscriptionsOf } from "./subscriptions/list";
import { presentSubscription } from "./subscriptions/read";

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
    po: (key) => tables.payouts.get(key),
    ba: (key) => (key === PAYOUT_ACCOUNT.id ? PAYOUT_ACCOUNT : undefined),
    ctoken: (key) => tables.confirmationTokens.get(key),
    ch: (key) => tables.charges.get(key),
    py: (key) => tables.charges.get(key),
    re: (key) => tables.refunds.get(key),
    pyr: (key) => tables.refunds.get(key),
    du: (key) => tables.disputes.get(key),
    prod: (key) => tables.products.get(key),
    price: (key) => tables.prices.get(key),
    txr: (key) => tables.taxRates.get(key),
    txi: (key) => tables.taxIds.get(key),
    di: (key) => tables.discounts.get(key),
    cn: (key) => tables.creditNotes.get(key),
    feat: (key) => tables.entitlementFeatures.get(key),
    promo: (key) => {
      const code = tables.promotionCodes.get(key);
      return code && presentPromotionCode(account, code);
    },
    clock: (key) => tables.testClocks.get(key),
    cs: (key) => tables.checkoutSessions.get(key),
    si: (key) => findItem(account, key)?.item,
    sub: (key) => {
      const row = tables.subscriptions.get(key);
      return row && presentSubscription(account, row);
    },
    in: (key) => {
      const invoice = tables.invoices.get(key);
      return invoice && presentInvoice(account, invoice);
    },
    ii: (key) => tables.invoiceItems.get(key),
    inpay: (key) => tables.invoicePayments.get(key),
    mtr: (key) => tables.meters.get(key),
    alrt: (key) => tables.billingAlerts.get(key),
    credgr: (key) => tables.creditGrants.get(key),
    cbtxn: (key) => tables.creditTransactions.get(key) ?? tables.customerBalanceTransactions.get(key),
    bpc: (key) => tables.portalConfigurations.get(key),
    txn: (key) => {
      const row = tables.balanceTransactions.get(key);
      return row && presentBalanceTransaction(account, row);
    },
  };
  const found = byPrefix[id.slice(0, id.indexOf("_"))]?.(id);
  if (found) return found;
  // Coupons, products and plans may have ids of anybody's choice.
  const coupon = tables.coupons.get(id);
  return coupon
    ? presentCoupon(account, coupon)
    : (tables.products.get(id) ?? tables.prices.get(id) ?? tables.deletedCoupons.get(id) ?? null);
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
  if (object.object === "checkout.session" && field === "line_items") return expandedLineItems(account, id);
  if (object.object === "customer" && field === "sources") return listOf([], `/v1/customers/${id}/sources`);
  if (object.object === "customer" && field === "subscriptions") return subscriptionsOf(account, id);
  const ofInvoice = INVOICE_MEMBERS[`${String(object.object)}.${field}`];
  if (ofInvoice) return ofInvoice(account, id);
  return CATALOGUE_MEMBERS[`${String(object.object)}.${field}`]?.(account, id);
}
