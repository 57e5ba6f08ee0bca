import type { StripeEventId } from "@/lib/ids";
import { log } from "@/lib/log";
import { HANDLERS } from "./dispatch";
import { claimEvent, completeEvent, failEvent } from "./inbox";

/**
 * Handles one stored event under a lease. A failure is recorded and thrown, so that the job retries; the sweeper stands behind it.
 * @returns `skipped` when it is handled already or in somebody else's hands
 */
export async function handleStripeEvent(eventId: StripeEventId): Promise<"handled" | "skipped"> {
  const event = await claimEvent(eventId);
  if (!event) return "skipped";
  try {
    const tenantId = (await HANDLERS[event.type]?.(event)) ?? event.tenantId;
    await completeEvent(eventId, tenantId);
    return "handled";
  } catch (error) {
    log().error(
      { err: error, eventId, type: event.type, tenantId: event.tenantId },
      "stripe event could not be handled",
    );
    await failEvent(event, error);
    throw error;
  }
}
