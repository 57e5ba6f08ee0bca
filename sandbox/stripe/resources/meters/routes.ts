import { pageOf, pagination } from "../../http/pages";
import { integer, oneOf, strict, text } from "../../http/parameters";
import { route } from "../../http/route";
import { createMeter, deactivateMeter, existingMeter, reactivateMeter, renameMeter } from "./meters";
import { eventSummaries } from "./summaries";

export const meterRoutes = [
  route("POST /v1/billing/meters", {
    parameters: {
      customer_mapping: strict({ event_payload_key: text, type: oneOf("by_id") }).optional(),
      default_aggregation: strict({ formula: oneOf("count", "last", "sum") }),
      display_name: text,
      event_name: text,
      event_time_window: oneOf("day", "hour").optional(),
      value_settings: strict({ event_payload_key: text }).optional(),
    },
    handle: (account, given) => createMeter(account, given),
  }),
  route("GET /v1/billing/meters/:id", {
    handle: (account, _, call) => existingMeter(account, call.path.id ?? ""),
  }),
  route("POST /v1/billing/meters/:id", {
    parameters: { display_name: text.optional() },
    handle: (account, given, call) =>
      renameMeter(account, existingMeter(account, call.path.id ?? ""), given.display_name),
  }),
  route("POST /v1/billing/meters/:id/deactivate", {
    handle: (account, _, call) => deactivateMeter(account, existingMeter(account, call.path.id ?? "")),
  }),
  route("POST /v1/billing/meters/:id/reactivate", {
    handle: (account, _, call) => reactivateMeter(account, existingMeter(account, call.path.id ?? "")),
  }),
  route("GET /v1/billing/meters", {
    parameters: { ...pagination, status: oneOf("active", "inactive").optional() },
    handle: (account, given) =>
      pageOf(
        account.tables.meters,
        given,
        "/v1/billing/meters",
        (meter) => !given.status || meter.status === given.status,
      ),
  }),
  route("GET /v1/billing/meters/:id/event_summaries", {
    parameters: {
      ...pagination,
      customer: text,
      end_time: integer,
      start_time: integer,
      value_grouping_window: oneOf("day", "hour").optional(),
    },
    handle: (account, given, call) => eventSummaries(account, existingMeter(account, call.path.id ?? ""), given),
  }),
];
