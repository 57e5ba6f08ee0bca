import { z } from "zod";
import { invalidRequest, resourceMissing } from "../http/errors";
import { created, matchesCreated, pageOf, pagination } from "../http/pages";
import { boolean, text } from "../http/parameters";
import { route } from "../http/route";
import { presentEvent } from "./events";

/** `charge.*` matches every event of charges. */
function matchesType(pattern: string, type: string): boolean {
  return pattern === "*" || pattern === type || (pattern.endsWith(".*") && type.startsWith(pattern.slice(0, -1)));
}

export const eventRoutes = [
  route("GET /v1/events/:id", {
    handle(account, _, call) {
      const event = account.tables.events.get(call.path.id ?? "");
      if (!event) throw resourceMissing("event", call.path.id ?? "");
      return presentEvent(account, event);
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
      if (given.types && given.type)
        throw invalidRequest("You may only specify one of these parameters: type, types.", { param: "type" });
      const wanted = given.types ?? (given.type ? [given.type] : ["*"]);
      const { deliveries, events } = account.tables;
      const arrived = (id: string) => [...deliveries.whose("event", id).oldestFirst()].length === 0;
      const page = pageOf(
        events,
        given,
        "/v1/events",
        (event) =>
          matchesCreated(given.created, event.created) &&
          wanted.some((pattern) => matchesType(pattern, event.type)) &&
          (given.delivery_success === undefined || arrived(event.id) === given.delivery_success),
      );
      return { ...page, data: page.data.map((event) => presentEvent(account, event)) };
    },
  }),
];
