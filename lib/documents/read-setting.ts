import { eq } from "drizzle-orm";
import type { Reader } from "@/db/client";
import { branding, tenants } from "@/db/schema";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import type { TenantId } from "@/lib/ids";
import type { Currency } from "@/lib/money/currency";
import { toLocale } from "@/lib/notifications/translator";
import type { Party, Setting } from "./input";

/** Who sells, by the configuration. */
export function sellerOf(): Party {
  const { SELLER_NAME, SELLER_ADDRESS, SELLER_TAX_ID } = env();
  const lines = SELLER_ADDRESS?.split("|").map((line) => line.trim());
  return { name: SELLER_NAME, email: null, taxId: SELLER_TAX_ID ?? null, address: lines?.filter(Boolean) ?? null };
}

/** The tenant's look, language and time, and its details as they are now. @throws AppError not_found */
export async function readSetting(db: Reader, tenantId: TenantId, currency: Currency): Promise<Setting> {
  const [row] = await db
    .select({ name: tenants.name, locale: tenants.locale, timeZone: tenants.timeZone, branding })
    .from(tenants)
    .leftJoin(branding, eq(branding.tenantId, tenants.tenantId))
    .where(eq(tenants.tenantId, tenantId));
  if (!row) throw new AppError("not_found");
  const look = row.branding;
  return {
    seller: sellerOf(),
    billedTo: {
      name: look?.legalName ?? row.name,
      email: look?.billingEmail ?? null,
      taxId: look?.taxId ?? null,
      address: look?.address ?? null,
    },
    look: {
      colour: look?.colour ?? null,
      footer: look?.footer ?? null,
      logo: look?.logo ? Buffer.from(look.logo) : null,
    },
    locale: toLocale(row.locale),
    timeZone: row.timeZone,
    currency,
  };
}

type Snapshot = Record<string, string | null>;

/** Whom a final invoice was billed to: what was written down then, and a tax id that was not is today's. */
export function billedToOf(snapshot: Snapshot | null, today: Party): Party {
  if (!snapshot) return today;
  const { line1 = null, line2 = null, city = null, state = null, postalCode = null, country = null } = snapshot;
  const hasAddress = [line1, line2, city, state, postalCode, country].some(Boolean);
  return {
    name: snapshot.name ?? today.name,
    email: snapshot.email ?? today.email,
    taxId: snapshot.taxId ?? today.taxId,
    address: hasAddress ? { line1, line2, city, state, postalCode, country } : today.address,
  };
}
