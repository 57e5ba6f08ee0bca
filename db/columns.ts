import { bigint, timestamp, uuid } from "drizzle-orm/pg-core";
import type { TenantId } from "@/lib/ids";
import type { Minor } from "@/lib/money/minor";

/** Every table of a tenant's data leads with this column, so that it partitions and is covered by row level security. */
export const tenantId = () => uuid("tenant_id").$type<TenantId>().notNull();
/** Money: an integer in the currency's smallest unit. The name ends in `_minor`. */
export const minor = (name: string) => bigint(name, { mode: "number" }).$type<Minor>();
/** An instant. Written by the application's clock, never by the database's. */
export const at = (name: string) => timestamp(name, { withTimezone: true, mode: "date", precision: 3 });
