import type { Endpoint } from "./endpoint";
import { postAdjustment } from "./endpoints/adjustments";
import { getAutoRecharge, postPreview, putAutoRecharge } from "./endpoints/auto-recharge";
import { getBalance } from "./endpoints/balance";
import { postDebit } from "./endpoints/debits";
import { getDecisions } from "./endpoints/decisions";
import { getCreditNotePdf, getInvoicePdf, getReceiptPdf } from "./endpoints/documents";
import { getEntries } from "./endpoints/entries";
import { getExport } from "./endpoints/export-transactions";
import { postCapture, postHold, postRelease } from "./endpoints/holds";
import {
  postCreditNote,
  postFinalize,
  postMarkUncollectible,
  postPay,
  postSend,
  postVoid,
} from "./endpoints/invoice-actions";
import { deleteInvoice, getInvoices, getOneInvoice, patchInvoice, postInvoice } from "./endpoints/invoices";
import { openApiEndpoint } from "./endpoints/openapi";
import { getVerification, patchPaymentMethod, postBackup, postVerify } from "./endpoints/payment-method-details";
import {
  deletePaymentMethod,
  getPaymentMethods,
  postDefault,
  postPaymentMethod,
  postPortal,
} from "./endpoints/payment-methods";
import { getRecharge, listRecharges, postRecharge } from "./endpoints/recharges";
import { postPause, postResume } from "./endpoints/subscription-pause";
import { postSubscriptionPreview } from "./endpoints/subscription-preview";
import {
  getOneSubscription,
  getSubscriptions,
  patchSubscription,
  postCancel,
  postReactivate,
  postSubscription,
} from "./endpoints/subscriptions";
import { deleteToken, getTokens, postToken } from "./endpoints/tokens";
import { getOneTransaction, getSummary, getTransactions, postRefund } from "./endpoints/transactions";
import { getUsage, postUsage } from "./endpoints/usage";
import { postStripeWebhook } from "./endpoints/webhooks";

export const getOpenApi = openApiEndpoint(() => ENDPOINTS);

/** Every endpoint of the API, in the order of the documentation. A route that is not listed here is not documented: a test compares. */
export const ENDPOINTS: Endpoint[] = [
  getBalance,
  getEntries,
  postDebit,
  postHold,
  postCapture,
  postRelease,
  postAdjustment,
  getAutoRecharge,
  putAutoRecharge,
  postPreview,
  listRecharges,
  getRecharge,
  postRecharge,
  getReceiptPdf,
  getDecisions,
  getPaymentMethods,
  postPaymentMethod,
  deletePaymentMethod,
  patchPaymentMethod,
  postDefault,
  postBackup,
  getVerification,
  postVerify,
  postPortal,
  getSubscriptions,
  postSubscription,
  getOneSubscription,
  patchSubscription,
  postSubscriptionPreview,
  postCancel,
  postReactivate,
  postPause,
  postResume,
  postUsage,
  getUsage,
  getInvoices,
  postInvoice,
  getOneInvoice,
  patchInvoice,
  deleteInvoice,
  postFinalize,
  postPay,
  postVoid,
  postMarkUncollectible,
  postSend,
  postCreditNote,
  getInvoicePdf,
  getCreditNotePdf,
  getTransactions,
  getOneTransaction,
  postRefund,
  getSummary,
  getExport,
  getTokens,
  postToken,
  deleteToken,
  postStripeWebhook,
  getOpenApi,
];
