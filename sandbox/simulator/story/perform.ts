import { isDeepStrictEqual } from "node:util";
import { adjust, captureHold, debit, debitBatch, placeHold, releaseHold } from "@/lib/balance/commands";
import { now } from "@/lib/clock";
import { newId, type PaymentMethodId } from "@/lib/ids";
import { toMinor } from "@/lib/money/minor";
import { attachPaymentMethod, removePaymentMethod, setDefault } from "@/lib/payment-methods/commands";
import { setBrakes, stopTenant } from "@/lib/recharge/brakes";
import { topUp } from "@/lib/recharge/top-up";
import { refundTransaction } from "@/lib/transactions/refund";
import { isClear } from "../calls";
import type { Evidence } from "../checks/evidence";
import type { SimulatedTenant } from "../tenant";
import type { World } from "../world";
import { authenticate, decideDispute, declineNext, disputeOne, refundAtStripe, saveBank } from "./at-stripe";
import { cancelPlan, subscribe, use } from "./plans";
import { saveTerms } from "./rules";
import type { Deed } from "./types";

type Performers = {
  [K in Deed["do"]]: (world: World, deed: Extract<Deed, { do: K }>, tenant: SimulatedTenant) => unknown;
};

const OPERATOR = { role: "operator", userId: null, actor: "simulator" } as const;

/** The methods that the tenant has at the stand-in, oldest first. */
export function methodsOf(world: Pick<Evidence, "stripe">, tenant: SimulatedTenant): PaymentMethodId[] {
  const customer = customerOf(world, tenant);
  if (!customer) return [];
  const { paymentMethods } = world.stripe.account.tables;
  return [...paymentMethods.whose("customer", customer).oldestFirst()].map(({ id }) => id as PaymentMethodId);
}

export function customerOf(world: Pick<Evidence, "stripe">, tenant: SimulatedTenant): string | null {
  for (const customer of world.stripe.account.tables.customers.oldestFirst())
    if ("metadata" in customer && customer.metadata?.tenantId === tenant.tenantId) return customer.id;
  return null;
}

export const around = <T>(items: readonly T[], nth: number): T | undefined => items[nth % Math.max(1, items.length)];

/** Something came that may end a pause, whenever it takes effect. */
export const freshStart = (tenant: SimulatedTenant): void => void tenant.freshStartsMs.push(now().getTime());

/** Several callers in one process, who are asked for again together while one of them has no clear answer. @returns who was told yes */
async function allAtOnce(works: (() => Promise<unknown>)[]): Promise<boolean[]> {
  const outcomes = await Promise.allSettled(works.map((work) => work()));
  const unclear = outcomes.find((outcome) => outcome.status === "rejected" && !isClear(outcome.reason));
  if (unclear?.status === "rejected") throw unclear.reason;
  return outcomes.map(({ status }) => status === "fulfilled");
}

const PERFORM: Performers = {
  debit(world, { amountMinor, copies }, tenant) {
    const sourceId = newId();
    const once = () => debit(tenant.scope, { sourceId, amountMinor: toMinor(amountMinor) });
    let counted = false;
    for (let copy = 0; copy < copies; copy++)
      world.calls.ask(`debit ${amountMinor} of ${tenant.name}`, once, ({ said }) => {
        if (said === "no" || counted) return;
        counted = true;
        tenant.accepted.debitedMinor += amountMinor;
      });
  },
  batch(world, { amountsMinor }, tenant) {
    const debits = amountsMinor.map((amountMinor) => ({ sourceId: newId(), amountMinor: toMinor(amountMinor) }));
    world.calls.ask(
      `batch of ${tenant.name}`,
      () => debitBatch(tenant.scope, debits),
      ({ said }) => {
        if (said === "yes") for (const amountMinor of amountsMinor) tenant.accepted.debitedMinor += amountMinor;
      },
    );
  },
  burst(world, { amountsMinor }, tenant) {
    const debits = amountsMinor.map((amountMinor) => ({ sourceId: newId(), amountMinor: toMinor(amountMinor) }));
    world.calls.ask(
      `burst of ${tenant.name}`,
      () => allAtOnce(debits.map((each) => () => debit(tenant.scope, each))),
      (answered) => {
        if (answered.said === "no") return;
        for (const [i, taken] of (answered.value as boolean[]).entries())
          if (taken) tenant.accepted.debitedMinor += amountsMinor[i] ?? 0;
      },
    );
  },
  hold(world, { amountMinor, seconds }, tenant) {
    const input = { sourceId: newId(), amountMinor: toMinor(amountMinor), expiresInSeconds: seconds };
    world.calls.ask(
      `hold ${amountMinor} of ${tenant.name}`,
      () => placeHold(tenant.scope, input),
      (answered) => {
        if (answered.said === "no") return;
        tenant.holds.push({ holdId: (answered.value as { holdId: string }).holdId, amountMinor });
      },
    );
  },
  capture(world, { nth, share }, tenant) {
    const hold = around(tenant.holds, nth);
    if (!hold) return;
    const amountMinor = Math.max(1, Math.floor(hold.amountMinor * share));
    tenant.holds.splice(tenant.holds.indexOf(hold), 1);
    const work = () => captureHold(tenant.scope, hold.holdId, { amountMinor: toMinor(amountMinor) });
    world.calls.ask(`capture ${amountMinor} of ${tenant.name}`, work, ({ said }) => {
      if (said === "yes") tenant.accepted.capturedMinor += amountMinor;
    });
  },
  release(world, { nth }, tenant) {
    const hold = around(tenant.holds, nth);
    if (!hold) return;
    tenant.holds.splice(tenant.holds.indexOf(hold), 1);
    world.calls.ask(`release a hold of ${tenant.name}`, () => releaseHold(tenant.scope, hold.holdId));
  },
  adjust(world, { amountMinor }, tenant) {
    const input = {
      tenantId: tenant.tenantId,
      amountMinor: toMinor(amountMinor),
      reason: "simulated",
      sourceId: newId(),
    };
    world.calls.ask(
      `adjust ${amountMinor} of ${tenant.name}`,
      () => adjust(tenant.scope, input),
      ({ said }) => {
        if (said === "yes") tenant.accepted.adjustedMinor += amountMinor;
      },
    );
  },
  "top-up"(world, { amountMinor }, tenant) {
    const input = { amountMinor: amountMinor === null ? null : toMinor(amountMinor), requestKey: newId() };
    world.calls.ask(`top-up ${amountMinor ?? "to the target"} of ${tenant.name}`, () => topUp(tenant.scope, input));
  },
  rule: (world, { terms }, tenant) => saveTerms(world, tenant, terms),
  "rule-off"(world, _deed, tenant) {
    const last = tenant.rules.findLast(({ terms }) => terms !== null)?.terms;
    if (last) saveTerms(world, tenant, { ...last, enabled: false });
  },
  card(world, { literal }, tenant) {
    freshStart(tenant);
    world.calls.ask(`card ${literal} of ${tenant.name}`, () => attachPaymentMethod(tenant.scope, literal));
  },
  bank: (world, { literal }, tenant) => saveBank(world, tenant, literal),
  default(world, { nth }, tenant) {
    const method = around(methodsOf(world, tenant), nth);
    if (!method) return;
    freshStart(tenant);
    world.calls.ask(`default of ${tenant.name}`, () => setDefault(tenant.scope, method));
  },
  remove(world, { nth }, tenant) {
    const method = around(methodsOf(world, tenant), nth);
    if (method) world.calls.ask(`remove a method of ${tenant.name}`, () => removePaymentMethod(tenant.scope, method));
  },
  decline: (world, deed, tenant) => declineNext(world, tenant, deed),
  async refund(world, { nth, share }, tenant) {
    const paid = await world.sql<{ id: string; left: number }[]>`
      select transaction_id as id, (amount_minor - refunded_minor)::int as left from transactions
      where tenant_id = ${tenant.tenantId} and type = 'payment' and status = 'succeeded' and source_kind = 'recharge' order by number`;
    const payment = around(paid, nth);
    if (!payment) return;
    const amountMinor = share === null ? null : toMinor(Math.max(1, Math.floor(payment.left * share)));
    const input = { amountMinor, reason: null, requestKey: newId() };
    world.calls.ask(`refund of ${tenant.name}`, () => refundTransaction(tenant.scope, payment.id, input));
  },
  "refund-at-stripe": (world, deed, tenant) => refundAtStripe(world, tenant, deed),
  dispute: (world, { nth }, tenant) => disputeOne(world, tenant, nth),
  "decide-dispute": (world, deed, tenant) => decideDispute(world, tenant, deed),
  authenticate: (world, { outcome }, tenant) => authenticate(world, tenant, outcome),
  subscribe: (world, { trial }, tenant) => subscribe(world, tenant, trial),
  usage: (world, deed, tenant) => use(world, tenant, deed),
  "cancel-plan": (world, { when }, tenant) => cancelPlan(world, tenant, when),
  "stop-tenant"(world, { stopped }, tenant) {
    const scope = { ...tenant.scope, ...OPERATOR };
    world.calls.ask(`${stopped ? "stop" : "let go"} ${tenant.name}`, () => stopTenant(scope, tenant.tenantId, stopped));
    tenant.stopped ||= stopped;
  },
  brake(world, { stopAll, dryRun }) {
    world.calls.ask("brakes", () => setBrakes(OPERATOR, { stopAll, dryRun }));
    world.brakes.stopAll ||= stopAll;
    world.brakes.dryRun ||= dryRun;
  },
};

/** Begins a deed; what it leads to is the scheduler's. */
export async function performDeed(world: World, deed: Deed): Promise<void> {
  const tenant = world.tenants[("tenant" in deed ? deed.tenant : 0) % world.tenants.length];
  if (!tenant) return;
  const { do: what, ...details } = deed;
  world.scheduler.note(`DEED ${what} ${isDeepStrictEqual(details, {}) ? "" : JSON.stringify(details)}`);
  await (PERFORM[what] as (world: World, deed: Deed, tenant: SimulatedTenant) => unknown)(world, deed, tenant);
}
