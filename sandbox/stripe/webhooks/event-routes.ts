import { z } from "zod";
import { resourceMissing } from "../http/errors";
import { created, matchesCreated, pageOf, pagination } from "../http/pages";
import { boolean, text } from "../http/parameters";
import { route } from "../http/route";

/** `charge.*` matches every event of charges. */
function matchesType(pattern: string, type: string): boolean {
  return pattern === "*" || pattern === type || (pattern.endsWith(".*") && type.startsWith(pattern.slice(0, -1)));
}

export const eventRoutes = [
  route("GET /v1/events/:id", {
    handle(account, _, call) {
      const event = account.tables.events.get(call.path.id ?? "");
      if (!event) throw resourceMissing("event", call.path.id ?? "");
      return event;
    },
  }),
  route("GET /v1/events", {
    parameters: {
      ...pagination,
      created,
      delivery_success: boolean.optional(),
      type: text.optional(),
      types: z.array(text).max(20).optional(),
    },
    handle(account, given) {
      const wanted = given.types ?? (given.type ? [given.type] : ["*"]);
      return pageOf(
        account.tables.events,
        given,
        "/v1/events",
        (event) =>
          matchesCreated(given.created, event.created) &&
          wanted.some((pattern) => matchesType(pattern, event.type)) &&
          (given.delivery_success === undefined || (event.pending_webhooks === 0) === given.delivery_success),
      );
    },
  }),
];
