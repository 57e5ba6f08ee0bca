import { paymentsOf } from "./at-stripe";
import type { Evidence } from "./evidence";

/** Whoever paid was told so, once; and nobody was told of a payment that there was not. */
export async function checkNotices(world: Evidence): Promise<void> {
  const told = await world.sql<{ tenant: string; attempt: string; total: number }[]>`
    select tenant_id as tenant, params->>'attemptId' as attempt, (params->>'totalMinor')::float8 as total
    from notifications where kind = 'charged'`;
  const receipts = await world.sql<{ attempt: string }[]>`select attempt_id as attempt from receipts`;
  for (const tenant of world.tenants) {
    const own = told.filter((one) => one.tenant === tenant.tenantId);
    const paid = paymentsOf(world, tenant).filter(({ charge }) => charge.status === "succeeded");
    for (const { attemptId, charge } of paid) {
      const times = own.filter(({ attempt, total }) => attempt === attemptId && total === charge.amount).length;
      if (times !== 1) world.violate(`${tenant.name} was told ${times} times of the payment of ${charge.amount}`);
      if (receipts.filter(({ attempt }) => attempt === attemptId).length !== 1)
        world.violate(`${tenant.name} has not one receipt for the payment of ${charge.amount}`);
    }
    if (own.length > paid.length)
      world.violate(`${tenant.name} was told of ${own.length} payments and made ${paid.length}`);
  }
}
