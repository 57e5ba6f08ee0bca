import Stripe from "stripe";
import type { StripeCustomerId } from "@/lib/ids";
import { stripe } from "./client";

export type MeterEvent = {
  /** Ours: what was told under it within a day is not counted again. */
  identifier: string;
  eventName: string;
  stripeCustomerId: StripeCustomerId;
  value: number;
  usedAt: Date;
};

export type MeterOutcome = { kind: "sent" } | { kind: "refused" | "unknown"; message: string };

/** Tells a meter what was used. Never throws. */
export async function sendMeterEvent(event: MeterEvent): Promise<MeterOutcome> {
  try {
    await stripe().billing.meterEvents.create(
      {
        event_name: event.eventName,
        identifier: event.identifier,
        payload: { stripe_customer_id: event.stripeCustomerId, value: String(event.value) },
        timestamp: Math.floor(event.usedAt.getTime() / 1000),
      },
      { idempotencyKey: event.identifier },
    );
    return { kind: "sent" };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    if (!(error instanceof Stripe.errors.StripeInvalidRequestError)) return { kind: "unknown", message };
    // Stripe gives this refusal no code of its own.
    return /already exists with identifier/.test(message) ? { kind: "sent" } : { kind: "refused", message };
  }
}
