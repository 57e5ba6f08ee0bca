import postgres from "postgres";
import { send } from "@/inngest/client";
import { log } from "@/lib/log";
import { type IncomingEvent, verifyEvent } from "@/lib/stripe/events";
import { type ALONE, doTogether } from "@/lib/together";
import { HANDLERS } from "./dispatch";
import { storeEvents } from "./inbox";

const needsWork = ({ type }: IncomingEvent) => HANDLERS[type] !== undefined;

/** @returns of each whether it was new; of one that is there twice, the first is */
async function storeAll(events: IncomingEvent[]): Promise<(boolean | typeof ALONE)[]> {
  const fresh = await storeEvents(
    events.map((event) => ({ ...event, isDone: !needsWork(event) })),
    "webhook",
  );
  return events.map(({ eventId }) => fresh.delete(eventId));
}

const work = {
  all: storeAll,
  one: async (event: IncomingEvent) => (await storeAll([event]))[0] === true,
  nothingDone: (error: unknown) => error instanceof postgres.PostgresError,
};

/**
 * Takes in one delivery: verified, stored once, then told to the jobs. Work happens there, never here. Deliveries that come faster
 * than the database stores them are stored together.
 * @param rawBody exactly as received
 * @throws AppError webhook_signature_invalid; any other error means that it could not be stored
 */
export async function receiveStripeEvent(
  rawBody: string,
  signature: string | null,
): Promise<{ status: "stored" | "seen" }> {
  const event = verifyEvent(rawBody, signature);
  if (!(await doTogether("webhooks", event, work))) return { status: "seen" };
  log().info({ eventId: event.eventId, type: event.type }, "stripe event stored");
  if (needsWork(event))
    await send([{ name: "stripe/event.received", data: { eventId: event.eventId }, id: event.eventId }]);
  return { status: "stored" };
}
