import { v7 } from "uuid";
import { now } from "./clock";

declare const brand: unique symbol;
type Id<B extends string> = string & { readonly [brand]: B };

export type TenantId = Id<"tenant">;
export type UserId = Id<"user">;
export type AttemptId = Id<"recharge attempt">;
export type SubscriptionId = Id<"subscription">;
export type InvoiceId = Id<"invoice">;
export type TransactionId = Id<"transaction">;
/** Stripe's ids are branded too, so that an invoice's cannot be passed where a payment intent's belongs. */
export type StripeCustomerId = Id<"cus_">;
export type PaymentIntentId = Id<"pi_">;
export type PaymentMethodId = Id<"pm_">;
export type StripeEventId = Id<"evt_">;

let lastMs = 0;
let sequence = 0;

/**
 * A new time-ordered id (UUID version 7, RFC 9562), on the product's clock. Ids of one process also keep their order within a
 * millisecond, so that lists sorted by id are sorted by time.
 */
export function newId<T extends string = string>(): T {
  const ms = now().getTime();
  sequence = ms === lastMs ? sequence + 1 : Math.floor(Math.random() * 2 ** 31);
  lastMs = ms;
  return v7({ msecs: ms, seq: sequence }) as T;
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i;

/** Whether a string from outside can be looked up as one of our ids at all. */
export function isId(value: string): boolean {
  return UUID.test(value);
}
