import type { TenantScope } from "@/lib/auth/scope";
import { AppError } from "@/lib/errors";
import { preview } from "@/lib/recharge/preview";
import type { Preview } from "@/lib/recharge/types";

/** What the rule would do at this moment, by the decision that charges; null while there is no rule to ask. */
export async function rightNow(scope: TenantScope): Promise<Preview | null> {
  try {
    return await preview(scope, {});
  } catch (error) {
    if (error instanceof AppError && error.code === "invalid_request") return null;
    throw error;
  }
}
