import { methodAddedJob } from "./functions/dunning/method-added";
import { runDunningJob } from "./functions/dunning/run-dunning";
import { takeOverJob } from "./functions/dunning/take-over";
import { resolveInvoicesJob } from "./functions/invoices/resolve-invoices";
import { retryFailedPaymentsJob } from "./functions/invoices/retry-failed-payments";
import { tellOverdueJob } from "./functions/invoices/tell-overdue";
import { sendNotification } from "./functions/notifications/send-notification";
import { sweepNotifications } from "./functions/notifications/sweep-notifications";
import { tellExpiringJob } from "./functions/payment-methods/tell-expiring";
import { recharge } from "./functions/recharge/recharge";
import { resolveAttempts } from "./functions/recharge/resolve-attempts";
import { retryFailed } from "./functions/recharge/retry-failed";
import { sweepBalances } from "./functions/recharge/sweep-balances";
import { reconcileJob } from "./functions/reconciliation/reconcile-nightly";
import { keepDayJob } from "./functions/reports/keep-day";
import { carryOutJob } from "./functions/subscriptions/carry-out";
import { findDriftJob } from "./functions/subscriptions/find-drift";
import { remindJob } from "./functions/subscriptions/remind";
import { renewFreeJob } from "./functions/subscriptions/renew-free";
import { resolveChangesJob } from "./functions/subscriptions/resolve-changes";
import { sendMeterReportsJob } from "./functions/usage/send-meter-reports";
import { sweepQuotasJob } from "./functions/usage/sweep-quotas";
import { handleEvent } from "./functions/webhooks/handle-stripe-event";
import { sweepStripeEvents } from "./functions/webhooks/sweep-stripe-events";

export const functions = [
  sweepBalances,
  recharge,
  resolveAttempts,
  retryFailed,
  handleEvent,
  sweepStripeEvents,
  sendNotification,
  sweepNotifications,
  resolveInvoicesJob,
  tellOverdueJob,
  retryFailedPaymentsJob,
  takeOverJob,
  methodAddedJob,
  runDunningJob,
  tellExpiringJob,
  renewFreeJob,
  carryOutJob,
  remindJob,
  resolveChangesJob,
  sweepQuotasJob,
  sendMeterReportsJob,
  findDriftJob,
  reconcileJob,
  keepDayJob,
];
