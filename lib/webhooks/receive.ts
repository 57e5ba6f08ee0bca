import { send } from "@/inngest/client";
import { log } from "@/lib/log";
import { verifyEvent } from "@/lib/stripe/events";
import { HANDLERS } from "./dispatch";
import { completeEvent, storeEvents } from "./inbox";

/**
 * Takes in one delivery: verified, stored once, then told to the jobs. Work happens there, never here.
 * @param rawBody exactly as received
 * @throws AppError webhook_signature_invalid; any other error means that it could not be stored
 */
export async function receiveStripeEvent(
  rawBody: string,
  signature: string | null,
): Promise<{ status: "stored" | "seen" }> {
  const event = verifyEvent(rawBody, signature);
  const isNew = (await storeEvents([event], "webhook")).length > 0;
  if (!isNew) return { status: "seen" };
  log().info({ eventId: event.eventId, type: event.type }, "stripe event stored");
  if (HANDLERS[event.type])
    await send([{ name: "stripe/event.received", data: { eventId: event.eventId }, id: event.eventId }]);
  else await completeEvent(event.eventId, null);
  return { status: "stored" };
}
