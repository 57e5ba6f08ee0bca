import { eq } from "drizzle-orm";
import { withTenant } from "@/db/client";
import { branding } from "@/db/schema";
import { hasRole } from "@/lib/auth/roles";
import type { TenantScope } from "@/lib/auth/scope";
import { now } from "@/lib/clock";
import { AppError, invalid } from "@/lib/errors";
import { type LogoType, readLogo } from "./logo";

/** How the tenant's documents look. */
export type Branding = { colour: string | null; footer: string | null; logo: { type: LogoType; bytes: Buffer } | null };
type Row = typeof branding.$inferInsert;

/** How the tenant's documents look; nothing of it set yet is all null. */
export async function getBranding(scope: TenantScope): Promise<Branding> {
  const [row] = await withTenant(scope, (tx) =>
    tx
      .select({ colour: branding.colour, footer: branding.footer, logo: branding.logo, logoType: branding.logoType })
      .from(branding)
      .where(eq(branding.tenantId, scope.tenantId)),
  );
  const logo = row?.logo && row.logoType ? { type: row.logoType, bytes: Buffer.from(row.logo) } : null;
  return { colour: row?.colour ?? null, footer: row?.footer ?? null, logo };
}

async function save(scope: TenantScope, values: Partial<Row>): Promise<void> {
  if (!hasRole(scope, "admin")) throw new AppError("forbidden");
  const set = { ...values, updatedAt: now() };
  await withTenant(scope, (tx) =>
    tx
      .insert(branding)
      .values({ tenantId: scope.tenantId, ...set })
      .onConflictDoUpdate({ target: branding.tenantId, set }),
  );
}

/** @param input.colour `#rrggbb` @throws AppError forbidden · invalid_request */
export async function saveBranding(
  scope: TenantScope,
  input: { colour: string | null; footer: string | null },
): Promise<void> {
  if (input.colour !== null && !/^#[0-9a-f]{6}$/i.test(input.colour)) throw invalid("colour", "must be like #0b6b70");
  await save(scope, { colour: input.colour?.toLowerCase() ?? null, footer: input.footer });
}

/** Keeps a logo, PNG or JPEG by its content. @throws AppError forbidden · invalid_request (`logo`: why) */
export async function saveLogo(scope: TenantScope, bytes: Buffer): Promise<void> {
  const read = readLogo(bytes);
  if ("problem" in read) throw invalid("logo", read.problem);
  await save(scope, { logo: bytes, logoType: read.type });
}

/** @throws AppError forbidden */
export async function removeLogo(scope: TenantScope): Promise<void> {
  await save(scope, { logo: null, logoType: null });
}
