import type { Tx } from "@/db/client";
import { rechargeConsents } from "@/db/schema";
import type { TenantScope } from "@/lib/auth/scope";
import { now } from "@/lib/clock";
import { invalid } from "@/lib/errors";
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
