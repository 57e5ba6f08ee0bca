import type { Role } from "@/db/schema/tenants";
import type { TenantId, UserId } from "@/lib/ids";

declare const gated: unique symbol;

/** Who acts on which tenant, proven by a gate (session or token). Passed down; never built from a form or a body. */
export type TenantScope = {
  readonly tenantId: TenantId;
  readonly role: Role | "service" | "operator";
  readonly userId: UserId | null;
  /** For records: an e-mail address, `token:<name>`, or `system`. */
  readonly actor: string;
  readonly scopes: readonly string[];
  readonly [gated]?: true;
};

/** The scope of jobs and webhooks, which act for a tenant on nobody's behalf. */
export const systemScope = (tenantId: TenantId): TenantScope => ({
  tenantId,
  role: "operator",
  userId: null,
  actor: "system",
  scopes: [],
});
