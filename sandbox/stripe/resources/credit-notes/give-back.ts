import type Stripe from "stripe";
import type { Account } from "../../account";
import { invalidRequest, resourceMissing, unsupported } from "../../http/errors";
import { idOf } from "../../state/ids";
import { adjustBalance } from "../customer-balance/apply";
import { createRefund } from "../refunds/refund";
import type { CreditNoteInput } from "./parameters";

type Linked = { refund: string; amount: number }[];

function paidIntents(account: Account, invoice: string): Stripe.PaymentIntent[] {
  return [...account.tables.invoicePayments.whose("invoice", invoice).oldestFirst()].flatMap((payment) => {
    const intent = account.tables.paymentIntents.get(idOf(payment.payment.payment_intent) ?? "");
    return payment.status === "paid" && intent ? [intent] : [];
  });
}

/** Refunds that exist already and are told of by this credit note. */
function linkedRefunds(account: Account, invoice: string, given: CreditNoteInput): Linked {
  const intents = paidIntents(account, invoice).map(({ id }) => id);
  return (given.refunds ?? []).map((one, at) => {
    const param = `refunds[${at}]`;
    if (one.type === "payment_record_refund") throw unsupported("payment records", `${param}[type]`);
    const refund = account.tables.refunds.get(one.refund ?? "");
    if (!refund) throw resourceMissing("refund", one.refund ?? "", `${param}[refund]`);
    if (!intents.includes(idOf(refund.payment_intent) ?? ""))
      throw invalidRequest(`The refund ${refund.id} is not of a payment of this invoice.`, {
        param: `${param}[refund]`,
      });
    const amount = one.amount_refunded ?? refund.amount;
    if (amount < 1 || amount > refund.amount)
      throw invalidRequest(`The refund ${refund.id} has only ${refund.amount}.`, {
        param: `${param}[amount_refunded]`,
      });
    return { refund: refund.id, amount };
  });
}

/**
 * What of a credit note is given back must be said in full: refunded, credited or given outside of Stripe.
 * @returns the refunds that are linked
 * @throws StripeFailure 400 when the parts do not add up
 */
export function checkGivenBack(account: Account, note: Stripe.CreditNote, given: CreditNoteInput): Linked {
  const linked = linkedRefunds(account, String(idOf(note.invoice)), given);
  const parts = {
    credit_amount: given.credit_amount ?? 0,
    out_of_band_amount: given.out_of_band_amount ?? 0,
    refund_amount: given.refund_amount ?? 0,
  };
  for (const [param, amount] of Object.entries(parts))
    if (amount < 0)
      throw invalidRequest("This value must be greater than or equal to 0.", {
        code: "parameter_invalid_integer",
        param,
      });
  const { credit_amount: credit, out_of_band_amount: outside, refund_amount: refund } = parts;
  const sum = credit + outside + refund + linked.reduce((total, one) => total + one.amount, 0);
  if (sum !== note.post_payment_amount)
    throw invalidRequest(
      `The sum of credit amount, refund amount and out of band amount (${sum}) must equal the post-payment amount of the credit note (${note.post_payment_amount}).`,
      { param: "credit_amount" },
    );
  return linked;
}

/** Refunds from the payments of the invoice, the first one first. */
function refundPaid(account: Account, invoice: string, amountMinor: number): Linked {
  const made: Linked = [];
  let left = amountMinor;
  for (const intent of paidIntents(account, invoice)) {
    const charge = account.tables.charges.get(idOf(intent.latest_charge) ?? "");
    const part = Math.min(left, charge ? charge.amount_captured - charge.amount_refunded : 0);
    if (part < 1) continue;
    made.push({ refund: createRefund(account, { payment_intent: intent.id, amount: part }).id, amount: part });
    left -= part;
  }
  if (left > 0)
    throw invalidRequest("The refund amount is greater than what was paid for this invoice and is not refunded yet.", {
      param: "refund_amount",
    });
  return made;
}

/** Carries out what a credit note gives back. */
export function giveBack(
  account: Account,
  note: Stripe.CreditNote,
  given: CreditNoteInput,
  linked: Linked,
): Pick<Stripe.CreditNote, "customer_balance_transaction" | "refunds"> {
  const invoice = String(idOf(note.invoice));
  const refunds = [...linked, ...(given.refund_amount ? refundPaid(account, invoice, given.refund_amount) : [])];
  const credit = given.credit_amount
    ? adjustBalance(account, String(idOf(note.customer)), -given.credit_amount, note.currency, "credit_note", {
        creditNote: note.id,
        invoice,
      })
    : null;
  return {
    customer_balance_transaction: credit?.id ?? null,
    refunds: refunds.map(({ refund, amount }) => ({
      amount_refunded: amount,
      payment_record_refund: null,
      refund,
      type: "refund",
    })),
  };
}
