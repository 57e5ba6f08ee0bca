import { z } from "zod";
import { invalidRequest } from "../../http/errors";
import { pageOf, pagination } from "../../http/pages";
import { integer, oneOf, strict, text } from "../../http/parameters";
import { route } from "../../http/route";
import { activateAlert, archiveAlert, createAlert, deactivateAlert, existingAlert } from "./alerts";

const usageThreshold = strict({
  filters: z
    .array(strict({ customer: text.optional(), type: oneOf("customer") }))
    .max(1)
    .optional(),
  gte: integer,
  meter: text,
  recurrence: oneOf("one_time"),
});

export const billingAlertRoutes = [
  route("POST /v1/billing/alerts", {
    parameters: { alert_type: oneOf("usage_threshold"), title: text, usage_threshold: usageThreshold.optional() },
    handle(account, { title, usage_threshold: threshold }) {
      if (!threshold)
        throw invalidRequest("Missing required param: usage_threshold.", {
          code: "parameter_missing",
          param: "usage_threshold",
        });
      return createAlert(account, { title, usage_threshold: threshold });
    },
  }),
  route("GET /v1/billing/alerts/:id", {
    handle: (account, _, call) => existingAlert(account, call.path.id ?? ""),
  }),
  route("POST /v1/billing/alerts/:id/activate", {
    handle: (account, _, call) => activateAlert(account, existingAlert(account, call.path.id ?? "")),
  }),
  route("POST /v1/billing/alerts/:id/deactivate", {
    handle: (account, _, call) => deactivateAlert(account, existingAlert(account, call.path.id ?? "")),
  }),
  route("POST /v1/billing/alerts/:id/archive", {
    handle: (account, _, call) => archiveAlert(account, existingAlert(account, call.path.id ?? "")),
  }),
  route("GET /v1/billing/alerts", {
    parameters: { ...pagination, alert_type: oneOf("usage_threshold").optional(), meter: text.optional() },
    handle: (account, given) =>
      pageOf(
        account.tables.billingAlerts,
        given,
        "/v1/billing/alerts",
        (alert) => alert.status !== "archived" && (!given.meter || alert.usage_threshold?.meter === given.meter),
      ),
  }),
];
