import { inngest } from "@/inngest/client";
import type { AppEvent } from "@/inngest/events";
import type { Scheduler } from "../scheduler";

/** Puts the simulated queue in the place of Inngest's. @param take hears of every event that arrived */
export function installEvents(scheduler: () => Scheduler, take: (event: AppEvent) => void): void {
  const send = async (given: AppEvent | AppEvent[]) => {
    const events = Array.isArray(given) ? given : [given];
    if (events.length === 0) return { ids: [] };
    const text = events.map(({ name }) => name).join(", ");
    const what = await scheduler().turn({ kind: "events", text });
    if (what !== "lost_before") for (const event of events) take(event);
    if (what) throw new Error(`the events could not be sent (simulated: ${what})`);
    return { ids: events.map(() => "") };
  };
  Object.assign(inngest, { send });
}
