import type Stripe from "stripe";
import type { Account } from "../../account";
import { instrumentOf } from "../../instruments/instrument";
import { cardByNumber } from "../../instruments/test-cards";
import { idOf } from "../../state/ids";
import { schedule } from "../../time/work";
import { emit } from "../../webhooks/events";
import { book } from "../balance-transactions/book";
import { bankDebitFeeMinor, cardFeeMinor } from "../balance-transactions/fees";

const ASYNC_CAPTURE_MS = 1_000;

/** Books a captured charge with its fee and ties the two together. */
export function bookCharge(account: Account, charge: Stripe.Charge): Stripe.Charge {
  return bookCapture(account, charge, charge.amount_captured);
}

/** Books one capture of a charge; the charge names the balance transaction of its first. @param amountMinor of this capture */
export function bookCapture(account: Account, charge: Stripe.Charge, amountMinor: number): Stripe.Charge {
  const isCard = charge.payment_method_details?.type === "card";
  const number = charge.payment_method ? instrumentOf(account, charge.payment_method).number : "";
  const available = cardByNumber(number)?.bypassPending ?? false;
  const booked = book(account, {
    type: isCard ? "charge" : "payment",
    reportingCategory: "charge",
    amountMinor,
    feeMinor: isCard ? cardFeeMinor(amountMinor) : bankDebitFeeMinor(amountMinor),
    feeDescription: "Stripe processing fees",
    currency: charge.currency,
    source: charge.id,
    description: charge.description,
    available,
  });
  // Money that skips the waiting is told of at once; the rest is when its day comes.
  if (available) account.at(null, () => schedule(account, "balance_told", booked.id, account.worldMs()));
  return account.tables.charges.put({ ...charge, balance_transaction: idOf(charge.balance_transaction) ?? booked.id });
}

/**
 * With `automatic_async`, Stripe's default, the balance transaction follows a moment after the charge and is announced by
 * `charge.updated`.
 * @see https://docs.stripe.com/payments/payment-intents/asynchronous-capture
 */
export function bookLater(account: Account, charge: Stripe.Charge): void {
  schedule(account, "balance_transaction_ready", charge.id, account.nowMs() + ASYNC_CAPTURE_MS);
}

export function bookNow(account: Account, chargeId: string): void {
  const charge = account.tables.charges.get(chargeId);
  if (!charge || charge.balance_transaction) return;
  emit(account, "charge.updated", bookCharge(account, charge), charge);
}
