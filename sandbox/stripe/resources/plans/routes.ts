import { created, matchesCreated, type Paging, pageOf, pagination } from "../../http/pages";
import { boolean, text } from "../../http/parameters";
import { route } from "../../http/route";
import { planOf } from "../prices/plan";
import { updatePrice } from "../prices/update";
import { changes, creation } from "./parameters";
import { createPlan, deletePlan, existingPlan } from "./plans";

export const planRoutes = [
  route("POST /v1/plans", {
    parameters: creation,
    handle: (account, given, call) => createPlan(account, given, call.version),
  }),
  route("GET /v1/plans/:id", { handle: (account, _, call) => existingPlan(account, call.path.id ?? "").plan }),
  route("POST /v1/plans/:id", {
    parameters: changes,
    unsupported: ["product", "trial_period_days"],
    handle(account, given, call) {
      const { price } = existingPlan(account, call.path.id ?? "");
      return existingPlan(account, updatePrice(account, price, given).id).plan;
    },
  }),
  route("DELETE /v1/plans/:id", { handle: (account, _, call) => deletePlan(account, call.path.id ?? "") }),
  route("GET /v1/plans", {
    parameters: { ...pagination, active: boolean.optional(), created, product: text.optional() },
    handle(account, given) {
      const paging: Paging = given;
      const page = pageOf(
        account.tables.prices,
        paging,
        "/v1/plans",
        (row) =>
          row.recurring !== null &&
          !account.tables.priceTerms.get(row.id)?.inline &&
          (given.active === undefined || row.active === given.active) &&
          matchesCreated(given.created, row.created) &&
          (!given.product || row.product === given.product),
      );
      return { ...page, data: page.data.flatMap((price) => planOf(price) ?? []) };
    },
  }),
];
