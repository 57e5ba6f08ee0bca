import type { World } from "../world";
export async function checkAll(world: World): Promise<number> {
  for (const text of world.calls.unanswered) world.violate(`never answered: ${text}`);
  return [...world.stripe.account.tables.charges.oldestFirst()].length;
}
