import { and, eq, inArray, isNull } from "drizzle-orm";
import { type Reader as DbReader, systemDb } from "@/db/client";
import { paymentMethods } from "@/db/schema/payment-methods";
import { mutedNotices } from "@/db/schema/settings";
import { memberships, tenants, users } from "@/db/schema/tenants";
import { chosenLocale } from "@/lib/auth/users";
import { invariant } from "@/lib/errors";
import type { TenantId, UserId } from "@/lib/ids";
import { methodName } from "@/lib/payment-methods/names";
import type { NoticeContent, NoticeKind } from "./kinds";
import { isMutable } from "./muting";
import type { Reader } from "./reader";
import { toLocale } from "./translator";

/** What is the same for all readers of a tenant's notices, removed payment methods included. */
export async function readSubject(
  db: DbReader,
  tenantId: TenantId,
  notices: NoticeContent[],
): Promise<Omit<Reader, "locale">> {
  const [tenant] = await db
    .select({ tenantName: tenants.name, currency: tenants.currency, timeZone: tenants.timeZone })
    .from(tenants)
    .where(eq(tenants.tenantId, tenantId));
  invariant(tenant, `notices belong to a tenant: ${tenantId}`);
  const ids = notices.flatMap(({ params }) =>
    "paymentMethodId" in params && params.paymentMethodId ? [params.paymentMethodId] : [],
  );
  const methods = await db
    .select({ id: paymentMethods.paymentMethodId, card: paymentMethods.card, bankAccount: paymentMethods.bankAccount })
    .from(paymentMethods)
    .where(
      and(
        eq(paymentMethods.tenantId, tenantId),
        inArray(paymentMethods.paymentMethodId, ids as (typeof paymentMethods.$inferSelect)["paymentMethodId"][]),
      ),
    );
  const named = methods.flatMap((method) => {
    const name = methodName(method);
    return name ? [[method.id as string, name] as const] : [];
  });
  return { ...tenant, methodNames: new Map(named) };
}

export type Recipient = { userId: UserId; email: string; name: string; locale: Reader["locale"] };

/**
 * Whoever manages the tenant's billing and wants mails of this kind: its owners and admins, each in their own language, or in the
 * tenant's when they never chose one.
 */
export async function readRecipients(tenantId: TenantId, kind: NoticeKind): Promise<Recipient[]> {
  const rows = await systemDb()
    .select({
      userId: users.userId,
      email: users.email,
      name: users.name,
      own: users.locale,
      ofTenant: tenants.locale,
    })
    .from(memberships)
    .innerJoin(tenants, eq(tenants.tenantId, memberships.tenantId))
    .innerJoin(users, eq(users.userId, memberships.userId))
    .leftJoin(
      mutedNotices,
      and(eq(mutedNotices.tenantId, tenantId), eq(mutedNotices.userId, users.userId), eq(mutedNotices.kind, kind)),
    )
    .where(
      and(
        eq(memberships.tenantId, tenantId),
        inArray(memberships.role, ["owner", "admin"]),
        // A row that was written before its kind became one that is always sent has no say.
        isMutable(kind) ? isNull(mutedNotices.kind) : undefined,
      ),
    )
    .orderBy(users.email);
  return rows.map(({ own, ofTenant, ...row }) => ({ ...row, locale: toLocale(chosenLocale(own) ?? ofTenant) }));
}
