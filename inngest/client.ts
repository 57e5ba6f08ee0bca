import { Inngest } from "inngest";
import { log } from "@/lib/log";
import { doTogether } from "@/lib/together";
import type { AppEvent } from "./events";

/** The base URL, keys and mode come from the INNGEST_* variables, which the SDK reads itself. */
export const inngest = new Inngest({ id: "evenkeel" });

const CHUNK = 500;
/** A group of them is not more than a chunk. */
const FEW = 7;

const post = (events: readonly AppEvent[]) => inngest.send([...events]);

/** A request to the executor costs the same for one event as for many. */
const work = {
  all: async (lists: (readonly AppEvent[])[]): Promise<undefined[]> => {
    await post(lists.flat());
    return lists.map(() => undefined);
  },
  one: (events: readonly AppEvent[]) => post(events).then(() => undefined),
  nothingDone: () => false,
};

/**
 * Sends events after the rows they are about were committed; what several send at once goes together. A send that fails is logged and
 * not thrown: a sweep stands behind every event.
 */
export async function send(events: readonly AppEvent[]): Promise<void> {
  for (let i = 0; i < events.length; i += CHUNK) {
    const chunk = events.slice(i, i + CHUNK);
    try {
      if (chunk.length > FEW) await post(chunk);
      else await doTogether("events", chunk, work);
    } catch (error) {
      log().error(
        { err: error, events: events.length },
        "events could not be sent; the sweep will find what they were about",
      );
    }
  }
}
