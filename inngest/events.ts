import { z } from "zod";
import { TRIGGERS } from "@/db/schema/recharge";

/** Every event carries ids only: whoever handles it reads what is true then. */
export const events = {
  "balance/low": z.object({ tenantId: z.uuid(), trigger: z.enum(TRIGGERS) }),
  "stripe/event.received": z.object({ eventId: z.string() }),
  "notification/created": z.object({ tenantId: z.uuid(), notificationId: z.uuid() }),
  "dunning/method.added": z.object({ tenantId: z.uuid(), paymentMethodId: z.string() }),
  "dunning/started": z.object({ tenantId: z.uuid(), caseId: z.uuid() }),
} as const;

export type EventName = keyof typeof events;
export type EventData<N extends EventName> = z.infer<(typeof events)[N]>;
export type AppEvent = { [N in EventName]: { name: N; data: EventData<N>; id?: string } }[EventName];
