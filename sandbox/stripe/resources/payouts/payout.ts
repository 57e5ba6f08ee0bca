import type Stripe from "stripe";
import type { Account } from "../../account";
import { idOf, newId } from "../../state/ids";
import { addBusinessDays } from "../../time/business-days";
import { schedule } from "../../time/work";
import { emit } from "../../webhooks/events";
import { book } from "../balance-transactions/book";
import { PAYOUT_ACCOUNT } from "../bank-accounts/payout-account";

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const ARRIVES_AFTER_BUSINESS_DAYS = 1;

export interface PayoutTraits {
  /** Minor units; less than nothing for a reversal. */
  amountMinor: number;
  currency: string;
  automatic: boolean;
  method: "instant" | "standard";
  description: string | null;
  metadata: Stripe.Metadata;
  statementDescriptor: string | null;
  original: string | null;
}

/** A payout as a line of the balance. */
export function bookPayout(
  account: Account,
  payout: Stripe.Payout,
  type: "payout" | "payout_cancel" | "payout_failure",
  amountMinor: number,
): string {
  return book(account, {
    type,
    reportingCategory: type === "payout" ? "payout" : "payout_reversal",
    amountMinor,
    feeMinor: 0,
    feeDescription: null,
    currency: payout.currency,
    source: payout.id,
    description: payout.description ?? "STRIPE PAYOUT",
    available: true,
  }).id;
}

/** Sends money to the bank: it leaves the balance at once, travels, and arrives on the next business day. */
export function createPayout(account: Account, traits: PayoutTraits): Stripe.Payout {
  const { payouts } = account.tables;
  const instant = traits.method === "instant";
  const arrivalMs = instant
    ? account.nowMs() + HOUR_MS / 2
    : Math.floor(addBusinessDays(account.nowMs(), ARRIVES_AFTER_BUSINESS_DAYS) / DAY_MS) * DAY_MS;
  const payout = {
    id: newId("po"),
    object: "payout",
    amount: traits.amountMinor,
    application_fee: null,
    application_fee_amount: null,
    arrival_date: Math.floor(arrivalMs / 1000),
    automatic: traits.automatic,
    balance_transaction: null,
    created: account.nowUnix(),
    currency: traits.currency,
    description: traits.description,
    destination: PAYOUT_ACCOUNT.id,
    failure_balance_transaction: null,
    failure_code: null,
    failure_message: null,
    livemode: false,
    metadata: traits.metadata,
    method: traits.method,
    original_payout: traits.original,
    payout_method: null,
    reconciliation_status: traits.automatic ? "in_progress" : "not_applicable",
    reversed_by: null,
    source_type: "card",
    statement_descriptor: traits.statementDescriptor,
    status: "pending",
    trace_id: { status: "pending", value: null },
    type: "bank_account",
  } satisfies Stripe.Payout;
  const booked = bookPayout(account, payout, "payout", -traits.amountMinor);
  const created = payouts.put({ ...payout, balance_transaction: booked });
  emit(account, "payout.created", created);
  schedule(account, "payout_sent", created.id, account.nowMs() + (instant ? 0 : HOUR_MS));
  schedule(account, "payout_arrives", created.id, Math.max(arrivalMs, account.nowMs() + HOUR_MS));
  return created;
}

/** The daily payout of what became available. */
export function payOut(
  account: Account,
  currency: string,
  amountMinor: number,
  rows: readonly Stripe.BalanceTransaction[],
): void {
  const { payoutItems } = account.tables;
  const payout = createPayout(account, {
    amountMinor,
    currency,
    automatic: true,
    method: "standard",
    description: "STRIPE PAYOUT",
    metadata: {},
    statementDescriptor: null,
    original: null,
  });
  for (const id of [...rows.map((row) => row.id), idOf(payout.balance_transaction) ?? ""])
    payoutItems.put({ id, payout: payout.id });
}

/** The bank has been told; what an automatic payout consists of can be listed from now on. */
export function sendPayout(account: Account, id: string): void {
  const payout = account.tables.payouts.get(id);
  if (payout?.status !== "pending") return;
  const sent = account.tables.payouts.put({ ...payout, status: "in_transit" });
  emit(account, "payout.updated", sent, payout);
  if (!payout.automatic) return;
  const reconciled = account.tables.payouts.put({ ...sent, reconciliation_status: "completed" });
  emit(account, "payout.reconciliation_completed", reconciled);
}

export function arrivePayout(account: Account, id: string): void {
  const payout = account.tables.payouts.get(id);
  if (payout?.status !== "in_transit") return;
  const trace_id = { status: "supported", value: newId("trace").slice(6, 21) };
  const paid = account.tables.payouts.put({ ...payout, status: "paid", trace_id });
  emit(account, "payout.paid", paid);
}
