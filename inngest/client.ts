import { Inngest } from "inngest";
import { log } from "@/lib/log";
import type { AppEvent } from "./events";

/** The base URL, keys and mode come from the INNGEST_* variables, which the SDK reads itself. */
export const inngest = new Inngest({ id: "evenkeel" });

const CHUNK = 500;

/**
 * Sends events after the rows they are about were committed. A send that fails is logged and not thrown: a sweep stands
 * behind every event.
 */
export async function send(events: readonly AppEvent[]): Promise<void> {
  for (let i = 0; i < events.length; i += CHUNK) {
    try {
      await inngest.send(events.slice(i, i + CHUNK) as AppEvent[]);
    } catch (error) {
      log().error(
        { err: error, events: events.length },
        "events could not be sent; the sweep will find what they were about",
      );
    }
  }
}
