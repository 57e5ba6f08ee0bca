import { isDeepStrictEqual } from "node:util";
import { and, eq } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { rechargeConsents } from "@/db/schema";
import type { TenantScope } from "@/lib/auth/scope";
import { now } from "@/lib/clock";
import { invalid, invariant } from "@/lib/errors";
import { newId } from "@/lib/ids";
import type { Limits } from "./types";

/** Changes with every change of the text under `recharge.consentText`; a consent names the version that was shown. */
export const CONSENT_TEXT_VERSION = "2026-11-21";

/** What a person agreed to: the version and, from the web app, the very text with its amounts. */
export type ConsentInput = { textVersion: string; text?: string; locale?: string };

/**
 * Stores who agreed, when, to which text, amounts and limits.
 * @throws AppError consent_required when the version is not the current one
 */
export async function storeConsent(
  tx: Tx,
  scope: TenantScope,
  consent: ConsentInput,
  terms: { minMinor: number; targetMinor: number; currency: string; limits: Limits },
): Promise<string> {
  if (consent.textVersion !== CONSENT_TEXT_VERSION) {
    throw invalid("consent.textVersion", `must be ${CONSENT_TEXT_VERSION}, the text now in force`, "consent_required");
  }
  const consentId = newId();
  await tx.insert(rechargeConsents).values({
    tenantId: scope.tenantId,
    consentId,
    userId: scope.userId,
    actor: scope.actor,
    textVersion: consent.textVersion,
    text: consent.text ?? `(by API) auto-recharge terms, version ${consent.textVersion}`,
    locale: consent.locale ?? "en",
    terms,
    createdAt: now(),
  });
  return consentId;
}

/**
 * Records new terms under a consent given before, when they differ from what it says.
 * @returns the id of the record that now holds
 */
export async function recordChangedTerms(
  tx: Tx,
  scope: TenantScope,
  consentId: string,
  terms: Record<string, unknown>,
): Promise<string> {
  const [given] = await tx
    .select()
    .from(rechargeConsents)
    .where(and(eq(rechargeConsents.tenantId, scope.tenantId), eq(rechargeConsents.consentId, consentId)));
  invariant(given, `consent ${consentId} of an enabled rule exists`);
  if (isDeepStrictEqual(given.terms, JSON.parse(JSON.stringify(terms)))) return consentId;
  const { textVersion, text, locale } = given;
  const changed = newId();
  const who = { userId: scope.userId, actor: scope.actor };
  await tx.insert(rechargeConsents).values({
    tenantId: scope.tenantId,
    consentId: changed,
    ...who,
    textVersion,
    text,
    locale,
    terms,
    createdAt: now(),
  });
  return changed;
}
