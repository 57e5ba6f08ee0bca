import type Stripe from "stripe";
import type { Account } from "../../account";
import { invalidRequest } from "../../http/errors";
import { instrumentOf } from "../../instruments/instrument";
import { bankByNumber, isQuick, type TestBank } from "../../instruments/test-banks";
import { ibanByNumber } from "../../instruments/test-ibans";
import { idOf } from "../../state/ids";
import { addBusinessDays } from "../../time/business-days";
import { schedule } from "../../time/work";
import { emit } from "../../webhooks/events";
import { buildCharge } from "../charges/build";
import { takeRehearsedDecline } from "../charges/rehearsed-declines";
import { checkoutIntentMoved } from "../checkout/complete";
import { intentProcessing, intentRequiresAction } from "../invoices/intents";
import { createMandate, deactivateMandate } from "../mandates/mandates";
import { startVerification } from "../microdeposits";
import { acceptCharge, type Confirmed, failPayment, futureUsage } from "./outcome";

const SETTLEMENT_BUSINESS_DAYS = 4;
/** For numbers with a 9 before or after them. */
const QUICK_SETTLEMENT_MS = 3 * 60_000;
const RETURN_BUSINESS_DAYS = 1;

function mandateFor(
  account: Account,
  intent: Stripe.PaymentIntent,
  method: Stripe.PaymentMethod,
  acceptance: Stripe.Mandate.CustomerAcceptance | null,
): string {
  const held = instrumentOf(account, method.id).mandate;
  if (held && account.tables.mandates.get(held)?.status === "active") return held;
  if (!acceptance) {
    throw invalidRequest(
      "This PaymentIntent requires a mandate, but no existing mandate was found. Ensure the PaymentMethod used in this PaymentIntent has a supporting mandate, or provide mandate_data.",
      {
        code: "payment_intent_mandate_invalid",
        param: "mandate_data",
      },
    );
  }
  const single = futureUsage(intent, method) ? undefined : { amount: intent.amount, currency: intent.currency };
  return createMandate(account, method.id, acceptance, single).id;
}

function accountBehind(number: string): TestBank | undefined {
  return bankByNumber(number) ?? ibanByNumber(number);
}

/** When the bank will have answered, milliseconds. */
function settlementOf(account: Account, number: string): number {
  const iban = ibanByNumber(number);
  if (iban) return account.nowMs() + iban.settlesAfterMs;
  if (isQuick(number)) return account.nowMs() + QUICK_SETTLEMENT_MS;
  return addBusinessDays(account.nowMs(), SETTLEMENT_BUSINESS_DAYS);
}

/** Starts the debit: `processing` until the bank has answered, days later. */
export function debitBank(
  account: Account,
  intent: Stripe.PaymentIntent,
  method: Stripe.PaymentMethod,
  acceptance: Stripe.Mandate.CustomerAcceptance | null,
): Confirmed {
  const { tables } = account;
  const { number } = instrumentOf(account, method.id);
  const bank = accountBehind(number);
  const mandate = mandateFor(account, intent, method, acceptance);
  const settlesMs = settlementOf(account, number);
  const blocked = bank?.outcome === "blocked" ? (bank.failure ?? null) : null;
  const charge = tables.charges.put(
    buildCharge(account, intent, method, {
      status: blocked ? "failed" : "pending",
      captured: !blocked,
      decline: blocked && { ...blocked, blocked: "highest_risk_level" },
      riskLevel: blocked ? "highest" : "normal",
      authenticated: false,
      mandate,
      expectedDebitDate: new Date(settlesMs).toISOString().slice(0, 10),
    }),
  );
  if (blocked) return failPayment(account, intent, method, { code: blocked.code, message: blocked.message }, charge);
  const processing = tables.paymentIntents.put({
    ...intent,
    last_payment_error: null,
    latest_charge: charge.id,
    next_action: null,
    payment_method: method.id,
    status: "processing",
  });
  emit(account, "charge.pending", charge);
  emit(account, "payment_intent.processing", processing);
  intentProcessing(account, processing);
  checkoutIntentMoved(account, processing);
  if (bank?.outcome !== "never_settles") schedule(account, "bank_debit_settles", charge.id, settlesMs);
  return { intent: processing, failure: null };
}

/** Confirms with a bank account; one that is not verified yet waits for micro-deposits. @throws StripeFailure 400 */
export function confirmWithBank(
  account: Account,
  intent: Stripe.PaymentIntent,
  method: Stripe.PaymentMethod,
  acceptance: Stripe.Mandate.CustomerAcceptance | null,
): Confirmed {
  if (method.us_bank_account?.status_details?.blocked) {
    throw invalidRequest("This bank account has failed in the past and cannot be used again.", {
      code: "payment_method_bank_account_blocked",
      param: "payment_method",
    });
  }
  if (instrumentOf(account, method.id).verified || !acceptance) return debitBank(account, intent, method, acceptance);
  const waiting = account.tables.paymentIntents.put({
    ...intent,
    last_payment_error: null,
    next_action: startVerification(account, intent, method.id, acceptance),
    payment_method: method.id,
    status: "requires_action",
  });
  emit(account, "payment_intent.requires_action", waiting);
  intentRequiresAction(account, waiting);
  return { intent: waiting, failure: null };
}

/** The bank's answer has come. */
export function settleBankDebit(account: Account, chargeId: string): void {
  const { tables } = account;
  const charge = tables.charges.get(chargeId);
  const intent = tables.paymentIntents.get(idOf(charge?.payment_intent) ?? "");
  const method = tables.paymentMethods.get(charge?.payment_method ?? "");
  if (!charge || !intent || !method || charge.status !== "pending") return;
  const instrument = instrumentOf(account, method.id);
  const bank = accountBehind(instrument.number);
  const failure = takeRehearsedDecline(account, method) ?? (bank?.outcome === "fails" ? bank.failure : null);
  if (!failure) {
    acceptCharge(account, intent, method, {
      ...charge,
      amount_captured: charge.amount,
      paid: true,
      status: "succeeded",
    });
    if (bank?.outcome === "returned")
      schedule(account, "bank_debit_returned", charge.id, addBusinessDays(account.nowMs(), RETURN_BUSINESS_DAYS));
    return;
  }
  const { code, message } = failure;
  const networkCode = "networkCode" in failure ? failure.networkCode : null;
  const failed = tables.charges.put({
    ...charge,
    captured: false,
    failure_code: code,
    failure_message: message,
    paid: false,
    status: "failed",
  });
  let refused = method;
  if (networkCode && method.us_bank_account) {
    const reason =
      code === "account_closed"
        ? "bank_account_closed"
        : code === "debit_not_authorized"
          ? "debit_not_authorized"
          : "bank_account_unusable";
    refused = tables.paymentMethods.patch(method.id, {
      us_bank_account: {
        ...method.us_bank_account,
        status_details: { blocked: { network_code: networkCode, reason } },
      },
    });
    if (instrument.mandate) deactivateMandate(account, instrument.mandate);
  }
  failPayment(account, intent, refused, { code, message }, failed);
}
