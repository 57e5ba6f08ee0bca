import { z } from "zod";
import { invalidRequest } from "../../http/errors";
import { integer, oneOf, strict, text } from "../../http/parameters";
import { route } from "../../http/route";
import { cancelUsage, reportUsage } from "./meter-events";

export const meterEventRoutes = [
  route("POST /v1/billing/meter_events", {
    parameters: {
      event_name: text,
      identifier: text.optional(),
      payload: z.record(z.string(), z.string()),
      timestamp: integer.optional(),
    },
    handle: (account, given) => reportUsage(account, given),
  }),
  route("POST /v1/billing/meter_event_adjustments", {
    parameters: {
      cancel: strict({ identifier: text.optional() }).optional(),
      event_name: text,
      type: oneOf("cancel"),
    },
    handle(account, given) {
      const identifier = given.cancel?.identifier;
      if (!identifier)
        throw invalidRequest("Missing required param: cancel[identifier].", {
          code: "parameter_missing",
          param: "cancel[identifier]",
        });
      return cancelUsage(account, given.event_name, identifier);
    },
  }),
];
