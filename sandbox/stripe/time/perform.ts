import type { Account } from "../account";
import { tellBalance } from "../resources/balance/balance";
import { bookNow } from "../resources/charges/book";
import { expireOnTime } from "../resources/checkout/expire";
import { passExpiry } from "../resources/credit-grants/grants";
import { endDiscount } from "../resources/discounts/remove";
import { expireDispute, openCardDispute, returnBankDebit } from "../resources/disputes/dispute";
import { collectWhenDue, finalizeWhenDue, passDueDate, remind } from "../resources/invoices/advance";
import { expireAuthorization } from "../resources/payment-intents/capture";
import { settleBankDebit } from "../resources/payment-intents/debit-bank";
import { endPaymentVerification } from "../resources/payment-intents/finish";
import { releaseFunds } from "../resources/payouts/funds";
import { arrivePayout, sendPayout } from "../resources/payouts/payout";
import { completeRefund, failRefund } from "../resources/refunds/progress";
import { endVerification } from "../resources/setup-intents/finish";
import { wakeSubscription } from "../resources/subscriptions/wake";
import { verifyTaxId } from "../resources/tax-ids/tax-ids";
import { expireClock } from "../resources/test-clocks/remove";
import type { Work, WorkKind } from "./work";

function endMicrodeposits(account: Account, intentId: string, code: string, message: string): void {
  const setup = account.tables.setupIntents.get(intentId);
  const payment = account.tables.paymentIntents.get(intentId);
  if (setup) endVerification(account, setup, code, message);
  if (payment) endPaymentVerification(account, payment, code, message);
}

const PERFORM: Record<WorkKind, (account: Account, subject: string) => void> = {
  authorization_expires: expireAuthorization,
  balance_told: tellBalance,
  balance_transaction_ready: bookNow,
  bank_debit_settles: settleBankDebit,
  bank_debit_returned: returnBankDebit,
  card_dispute_opens: openCardDispute,
  credit_grant_expires: passExpiry,
  discount_ends: endDiscount,
  checkout_session_expires: expireOnTime,
  dispute_expires: expireDispute,
  funds_available: releaseFunds,
  invoice_collects: collectWhenDue,
  invoice_due: passDueDate,
  invoice_due_soon: (account, invoice) => remind(account, invoice, "invoice.will_be_due"),
  invoice_finalizes: finalizeWhenDue,
  invoice_overdue: (account, invoice) => remind(account, invoice, "invoice.overdue"),
  microdeposits_fail: (account, intent) =>
    endMicrodeposits(
      account,
      intent,
      "payment_method_microdeposit_failed",
      "Microdeposit transfers failed. Please check the account, institution and transit numbers.",
    ),
  microdeposits_expire: (account, intent) =>
    endMicrodeposits(
      account,
      intent,
      "payment_method_microdeposit_verification_timeout",
      "Microdeposit verification timed out.",
    ),
  payout_arrives: arrivePayout,
  payout_sent: sendPayout,
  refund_fails: failRefund,
  refund_succeeds: completeRefund,
  tax_id_verified: verifyTaxId,
  subscription_wakes: wakeSubscription,
  test_clock_expires: expireClock,
};

/** Does one thing whose time has come; it and its removal are one transaction. */
export function perform(account: Account, work: Work): void {
  const present = work.clock ? { clock: work.clock, ms: work.dueAtMs } : null;
  try {
    account.store.transaction(() => {
      account.tables.work.delete(work.id);
      account.at(present, () => PERFORM[work.kind](account, work.subject));
    });
  } catch (error) {
    // Left in place it would fail again for ever.
    console.error(`stripe stand-in: ${work.kind} of ${work.subject} failed:`, error);
    account.store.transaction(() => account.tables.work.delete(work.id));
  }
}
