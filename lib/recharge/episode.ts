import { eq } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { rechargeRules } from "@/db/schema";
import { newId } from "@/lib/ids";
import type { RuleRow } from "./setup";

/** Opens the low episode of a rule, or returns the open one. The caller holds the rule's lock. */
export async function openEpisode(tx: Tx, rule: RuleRow): Promise<string> {
  if (rule.episodeId) return rule.episodeId;
  rule.episodeId = newId();
  await tx.update(rechargeRules).set({ episodeId: rule.episodeId }).where(eq(rechargeRules.tenantId, rule.tenantId));
  return rule.episodeId;
}

/** Ends the episode: the balance is not low any more. */
export async function closeEpisode(tx: Tx, rule: RuleRow): Promise<void> {
  if (!rule.episodeId) return;
  rule.episodeId = null;
  await tx.update(rechargeRules).set({ episodeId: null }).where(eq(rechargeRules.tenantId, rule.tenantId));
}
