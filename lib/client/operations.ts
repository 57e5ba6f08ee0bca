import type { postAdjustment } from "@/lib/http/endpoints/adjustments";
import type { getAutoRecharge, postPreview, putAutoRecharge } from "@/lib/http/endpoints/auto-recharge";
import type { getBalance } from "@/lib/http/endpoints/balance";
import type { postDebit } from "@/lib/http/endpoints/debits";
import type { getDecisions } from "@/lib/http/endpoints/decisions";
import type * as documents from "@/lib/http/endpoints/documents";
import type { getEntries } from "@/lib/http/endpoints/entries";
import type { getExport } from "@/lib/http/endpoints/export-transactions";
import type { postCapture, postHold, postRelease } from "@/lib/http/endpoints/holds";
import type * as invoiceActions from "@/lib/http/endpoints/invoice-actions";
import type * as invoices from "@/lib/http/endpoints/invoices";
import type * as methodDetails from "@/lib/http/endpoints/payment-method-details";
import type * as methods from "@/lib/http/endpoints/payment-methods";
import type { getRecharge, listRecharges, postRecharge } from "@/lib/http/endpoints/recharges";
import type * as pauses from "@/lib/http/endpoints/subscription-pause";
import type * as previews from "@/lib/http/endpoints/subscription-preview";
import type * as subscriptions from "@/lib/http/endpoints/subscriptions";
import type { deleteToken, getTokens, postToken } from "@/lib/http/endpoints/tokens";
import type * as transactions from "@/lib/http/endpoints/transactions";
import type { getUsage, postUsage } from "@/lib/http/endpoints/usage";
import type { getOpenApi } from "@/lib/http/registry";
import type { RouteOf } from "./types";

/** What the client calls each endpoint. Only the types of the endpoints are imported. */
export type Endpoints = {
  getBalance: typeof getBalance;
  listEntries: typeof getEntries;
  createDebit: typeof postDebit;
  createHold: typeof postHold;
  captureHold: typeof postCapture;
  releaseHold: typeof postRelease;
  createAdjustment: typeof postAdjustment;
  getAutoRecharge: typeof getAutoRecharge;
  updateAutoRecharge: typeof putAutoRecharge;
  previewAutoRecharge: typeof postPreview;
  listRecharges: typeof listRecharges;
  getRecharge: typeof getRecharge;
  createRecharge: typeof postRecharge;
  downloadReceipt: typeof documents.getReceiptPdf;
  listDecisions: typeof getDecisions;
  listPaymentMethods: typeof methods.getPaymentMethods;
  addPaymentMethod: typeof methods.postPaymentMethod;
  updatePaymentMethod: typeof methodDetails.patchPaymentMethod;
  removePaymentMethod: typeof methods.deletePaymentMethod;
  setDefaultPaymentMethod: typeof methods.postDefault;
  setBackupPaymentMethod: typeof methodDetails.postBackup;
  getPaymentMethodVerification: typeof methodDetails.getVerification;
  verifyPaymentMethod: typeof methodDetails.postVerify;
  createPortalSession: typeof methods.postPortal;
  listSubscriptions: typeof subscriptions.getSubscriptions;
  createSubscription: typeof subscriptions.postSubscription;
  getSubscription: typeof subscriptions.getOneSubscription;
  updateSubscription: typeof subscriptions.patchSubscription;
  previewSubscription: typeof previews.postSubscriptionPreview;
  cancelSubscription: typeof subscriptions.postCancel;
  reactivateSubscription: typeof subscriptions.postReactivate;
  pauseSubscription: typeof pauses.postPause;
  resumeSubscription: typeof pauses.postResume;
  recordUsage: typeof postUsage;
  getUsage: typeof getUsage;
  listInvoices: typeof invoices.getInvoices;
  createInvoice: typeof invoices.postInvoice;
  getInvoice: typeof invoices.getOneInvoice;
  updateInvoice: typeof invoices.patchInvoice;
  deleteInvoice: typeof invoices.deleteInvoice;
  finalizeInvoice: typeof invoiceActions.postFinalize;
  payInvoice: typeof invoiceActions.postPay;
  sendInvoice: typeof invoiceActions.postSend;
  voidInvoice: typeof invoiceActions.postVoid;
  markInvoiceUncollectible: typeof invoiceActions.postMarkUncollectible;
  downloadInvoice: typeof documents.getInvoicePdf;
  downloadCreditNote: typeof documents.getCreditNotePdf;
  createCreditNote: typeof invoiceActions.postCreditNote;
  listTransactions: typeof transactions.getTransactions;
  getTransaction: typeof transactions.getOneTransaction;
  createRefund: typeof transactions.postRefund;
  summarizeTransactions: typeof transactions.getSummary;
  exportTransactions: typeof getExport;
  listTokens: typeof getTokens;
  createToken: typeof postToken;
  revokeToken: typeof deleteToken;
  describeApi: typeof getOpenApi;
};

export type Operation = keyof Endpoints;

/** Where each call goes; the compiler compares with the endpoints, a test with the registry. */
export const ROUTES: { readonly [O in Operation]: RouteOf<Endpoints[O]> } = {
  getBalance: "GET /balance",
  listEntries: "GET /balance/entries",
  createDebit: "POST /balance/debits",
  createHold: "POST /balance/holds",
  captureHold: "POST /balance/holds/{id}/capture",
  releaseHold: "POST /balance/holds/{id}/release",
  createAdjustment: "POST /balance/adjustments",
  getAutoRecharge: "GET /balance/auto-recharge",
  updateAutoRecharge: "PUT /balance/auto-recharge",
  previewAutoRecharge: "POST /balance/auto-recharge/preview",
  listRecharges: "GET /balance/recharges",
  getRecharge: "GET /balance/recharges/{id}",
  createRecharge: "POST /balance/recharges",
  downloadReceipt: "GET /balance/recharges/{id}/receipt",
  listDecisions: "GET /balance/decisions",
  listPaymentMethods: "GET /payment-methods",
  addPaymentMethod: "POST /payment-methods",
  updatePaymentMethod: "PATCH /payment-methods/{id}",
  removePaymentMethod: "DELETE /payment-methods/{id}",
  setDefaultPaymentMethod: "POST /payment-methods/{id}/default",
  setBackupPaymentMethod: "POST /payment-methods/{id}/backup",
  getPaymentMethodVerification: "GET /payment-methods/{id}/verification",
  verifyPaymentMethod: "POST /payment-methods/{id}/verify",
  createPortalSession: "POST /payment-methods/portal",
  listSubscriptions: "GET /subscriptions",
  createSubscription: "POST /subscriptions",
  getSubscription: "GET /subscriptions/{id}",
  updateSubscription: "PATCH /subscriptions/{id}",
  previewSubscription: "POST /subscriptions/{id}/preview",
  cancelSubscription: "POST /subscriptions/{id}/cancel",
  reactivateSubscription: "POST /subscriptions/{id}/reactivate",
  pauseSubscription: "POST /subscriptions/{id}/pause",
  resumeSubscription: "POST /subscriptions/{id}/resume",
  recordUsage: "POST /subscriptions/{id}/usage",
  getUsage: "GET /subscriptions/{id}/usage",
  listInvoices: "GET /invoices",
  createInvoice: "POST /invoices",
  getInvoice: "GET /invoices/{id}",
  updateInvoice: "PATCH /invoices/{id}",
  deleteInvoice: "DELETE /invoices/{id}",
  finalizeInvoice: "POST /invoices/{id}/finalize",
  payInvoice: "POST /invoices/{id}/pay",
  sendInvoice: "POST /invoices/{id}/send",
  voidInvoice: "POST /invoices/{id}/void",
  markInvoiceUncollectible: "POST /invoices/{id}/mark-uncollectible",
  downloadInvoice: "GET /invoices/{id}/pdf",
  downloadCreditNote: "GET /credit-notes/{id}/pdf",
  createCreditNote: "POST /invoices/{id}/credit-notes",
  listTransactions: "GET /transactions",
  getTransaction: "GET /transactions/{id}",
  createRefund: "POST /transactions/{id}/refund",
  summarizeTransactions: "GET /transactions/summary/{period}",
  exportTransactions: "GET /transactions/export/{format}",
  listTokens: "GET /tokens",
  createToken: "POST /tokens",
  revokeToken: "DELETE /tokens/{id}",
  describeApi: "GET /openapi.json",
};
