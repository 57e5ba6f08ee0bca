import { eq } from "drizzle-orm";
import type { Tx } from "@/db/client";
import type { Statement } from "@/db/in-one-go";
import { rechargeRules } from "@/db/schema";
import { newId } from "@/lib/ids";
import type { RuleRow } from "./setup";

/** The low episode of a rule, and the statements that open it when none is. The caller holds the rule's lock. */
export function openEpisode(tx: Tx, rule: RuleRow): { episodeId: string; statements: Statement[] } {
  if (rule.episodeId) return { episodeId: rule.episodeId, statements: [] };
  const episodeId = newId();
  rule.episodeId = episodeId;
  const opening = tx.update(rechargeRules).set({ episodeId }).where(eq(rechargeRules.tenantId, rule.tenantId));
  return { episodeId, statements: [opening] };
}

/** Ends the episode: the balance is not low any more. */
export async function closeEpisode(tx: Tx, rule: RuleRow): Promise<void> {
  if (!rule.episodeId) return;
  rule.episodeId = null;
  await tx.update(rechargeRules).set({ episodeId: null }).where(eq(rechargeRules.tenantId, rule.tenantId));
}
