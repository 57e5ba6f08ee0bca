import type { TenantId } from "@/lib/ids";
import { withdrawInvoices } from "@/lib/invoices/withdraw";
import { log } from "@/lib/log";
import { withdrawCredits } from "./withdraw-credit";

const MOST = 20;

/** What a subscription that has ended leaves behind is cleared at once; the resolver of invoices stands behind. Never throws. */
export async function clearAfterEnd(tenantId: TenantId): Promise<void> {
  try {
    await withdrawInvoices(MOST, tenantId);
    await withdrawCredits(MOST, tenantId);
  } catch (error) {
    log().warn({ err: error, tenantId }, "what an ended subscription left behind is cleared later");
  }
}
