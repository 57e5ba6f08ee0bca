import { randomBytes } from "node:crypto";
import { systemDb, type Tx } from "@/db/client";
import { takeTry } from "@/lib/auth/attempt-limits";
import type { User } from "@/lib/auth/sessions";
import { invalid } from "@/lib/errors";
import type { TenantId, UserId } from "@/lib/ids";
import { toCurrency } from "@/lib/money/currency";
import { addMember, createTenant } from "./commands";
import { CURRENCIES } from "./currencies";
import { isTimeZone } from "./time-zones";

export type NewOrganisation = { name: string; currency: string; timeZone: string; locale: string };

/** A name for addresses and logs: `Acme Robotics` → `acme-robotics-3f9a2c`; the tail keeps names apart without asking who has one. */
export function slugOf(name: string): string {
  const words = name
    .normalize("NFKD")
    .replace(/[\u0300-\u036f]/g, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "");
  return `${words.slice(0, 40).replace(/-+$/, "") || "org"}-${randomBytes(3).toString("hex")}`;
}

/**
 * Creates an organisation with its first owner.
 * @throws AppError invalid_request (a currency or time zone that there is not)
 */
export async function createOrganisation(tx: Tx, ownerId: UserId, input: NewOrganisation): Promise<TenantId> {
  if (!CURRENCIES.includes(input.currency)) throw invalid("currency", "is not one that can be charged");
  if (!isTimeZone(input.timeZone)) throw invalid("timeZone", "is not an IANA time zone");
  const { name, timeZone, locale } = input;
  const currency = toCurrency(input.currency);
  const tenantId = await createTenant(tx, { slug: slugOf(name), name, currency, timeZone, locale });
  await addMember(tx, tenantId, ownerId, "owner");
  return tenantId;
}

/** Another organisation of somebody who is signed in. @throws AppError rate_limited · invalid_request */
export async function addOrganisation(user: User, input: NewOrganisation): Promise<TenantId> {
  await takeTry("organisations-user", user.userId);
  return systemDb().transaction((tx) => createOrganisation(tx, user.userId, input));
}
