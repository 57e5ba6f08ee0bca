import { resourceMissing } from "../../http/errors";
import { route } from "../../http/route";
import { idOf } from "../../state/ids";
import { resolveCustomer } from "../payment-methods/attach";
import { removeDiscount } from "./remove";

export const discountRoutes = [
  route("DELETE /v1/customers/:id/discount", {
    handle(account, _, call) {
      const { id, discount } = resolveCustomer(account, call.path.id ?? "", "id");
      if (!discount) throw resourceMissing("discount for customer", id, "customer");
      return removeDiscount(account, discount);
    },
  }),
  route("DELETE /v1/subscriptions/:id/discount", {
    handle(account, _, call) {
      const id = call.path.id ?? "";
      const subscription = account.tables.subscriptions.get(id);
      if (!subscription) throw resourceMissing("subscription", id);
      const discount = account.tables.discounts.get(idOf(subscription.discounts.at(-1)) ?? "");
      if (!discount) throw resourceMissing("discount for subscription", id, "subscription");
      return removeDiscount(account, discount);
    },
  }),
];
