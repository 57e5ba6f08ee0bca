import { sendNotification } from "./functions/notifications/send-notification";
import { sweepNotifications } from "./functions/notifications/sweep-notifications";
import { recharge } from "./functions/recharge/recharge";
import { resolveAttempts } from "./functions/recharge/resolve-attempts";
import { retryFailed } from "./functions/recharge/retry-failed";
import { sweepBalances } from "./functions/recharge/sweep-balances";
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
];
