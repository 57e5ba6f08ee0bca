import Stripe from "stripe";
import { now } from "@/lib/clock";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import type { StripeEventId } from "@/lib/ids";
import { stripe } from "./client";

/** What is kept of an event: which object to fetch. The body itself may be old and is never trusted. */
export type IncomingEvent = {
  eventId: StripeEventId;
  type: string;
  objectId: string | null;
  stripeCustomerId: string | null;
  createdAt: Date;
};

const TOLERANCE_S = 300;

function customerOf(object: { object?: string; id?: string; customer?: unknown }): string | null {
  if (object.object === "customer") return object.id ?? null;
  const { customer } = object;
  if (typeof customer === "string") return customer;
  return customer && typeof customer === "object" && "id" in customer ? String(customer.id) : null;
}

function incoming(event: Stripe.Event): IncomingEvent {
  const object = event.data.object as { object?: string; id?: string; customer?: unknown };
  return {
    eventId: event.id as StripeEventId,
    type: event.type,
    objectId: object.id ?? null,
    stripeCustomerId: customerOf(object),
    createdAt: new Date(event.created * 1000),
  };
}

/**
 * Verifies a webhook's signature (HMAC, at most 5 minutes old) over the raw body.
 * @throws AppError webhook_signature_invalid
 */
export function verifyEvent(rawBody: string, signature: string | null): IncomingEvent {
  try {
    return incoming(
      stripe().webhooks.constructEvent(
        rawBody,
        signature ?? "",
        env().STRIPE_WEBHOOK_SECRET,
        TOLERANCE_S,
        undefined,
        now().getTime(),
      ),
    );
  } catch (error) {
    if (error instanceof Stripe.errors.StripeSignatureVerificationError || error instanceof SyntaxError)
      throw new AppError("webhook_signature_invalid", undefined, { cause: error });
    throw error;
  }
}

/** Stripe's own list of events since an instant, oldest first (it keeps 30 days). @throws Stripe's errors */
export async function listEventsSince(since: Date, types: readonly string[], limit: number): Promise<IncomingEvent[]> {
  const events: IncomingEvent[] = [];
  for (let i = 0; i < types.length; i += 20) {
    const page = stripe().events.list({
      types: types.slice(i, i + 20) as string[],
      created: { gte: Math.floor(since.getTime() / 1000) },
      limit: 100,
    });
    for await (const event of page) {
      events.push(incoming(event));
      if (events.length >= limit) break;
    }
  }
  return events.sort((a, b) => a.createdAt.getTime() - b.createdAt.getTime());
}
