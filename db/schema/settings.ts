import { customType, index, jsonb, pgTable, primaryKey, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import type { UserId } from "@/lib/ids";
import { at, tenantId } from "../columns";
import type { BillingAddress } from "./payment-methods";
import { type Role, tenants, users } from "./tenants";

const bytes = customType<{ data: Buffer }>({ dataType: () => "bytea" });

/** Somebody asked to join. Only a hash of the link's secret is stored. */
export const invitations = pgTable(
  "invitations",
  {
    tenantId: tenantId().references(() => tenants.tenantId),
    invitationId: uuid("invitation_id").notNull(),
    /** Stored in lower case. */
    email: text("email").notNull(),
    role: text("role").$type<Role>().notNull(),
    tokenHash: text("token_hash").notNull(),
    invitedBy: uuid("invited_by").$type<UserId>(),
    createdAt: at("created_at").notNull(),
    expiresAt: at("expires_at").notNull(),
    acceptedAt: at("accepted_at"),
    revokedAt: at("revoked_at"),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.invitationId] }),
    uniqueIndex("invitations_token").on(t.tokenHash),
    index("invitations_by_email").on(t.email),
  ],
);

/** What stands on the tenant's documents. */
export const branding = pgTable("branding", {
  tenantId: tenantId()
    .primaryKey()
    .references(() => tenants.tenantId),
  legalName: text("legal_name"),
  taxId: text("tax_id"),
  address: jsonb("address").$type<BillingAddress>(),
  billingEmail: text("billing_email"),
  /** `#rrggbb` */
  colour: text("colour"),
  footer: text("footer"),
  logo: bytes("logo"),
  logoType: text("logo_type").$type<"image/png" | "image/jpeg">(),
  updatedAt: at("updated_at").notNull(),
});

/** Which mails a member does not want. Those about money that failed are always sent. */
export const mutedNotices = pgTable(
  "muted_notices",
  {
    tenantId: tenantId(),
    userId: uuid("user_id").$type<UserId>().notNull(),
    kind: text("kind").notNull(),
    mutedAt: at("muted_at").notNull(),
  },
  (t) => [primaryKey({ columns: [t.tenantId, t.userId, t.kind] })],
);

/** Links sent by e-mail: to sign in, to confirm an address, to choose a new password. Used once; only a hash is stored. */
export const emailLinks = pgTable(
  "email_links",
  {
    tokenHash: text("token_hash").primaryKey(),
    purpose: text("purpose").$type<"sign_in" | "confirm_email" | "reset_password">().notNull(),
    email: text("email").notNull(),
    userId: uuid("user_id")
      .$type<UserId>()
      .references(() => users.userId),
    createdAt: at("created_at").notNull(),
    expiresAt: at("expires_at").notNull(),
    usedAt: at("used_at"),
  },
  (t) => [index("email_links_by_email").on(t.email, t.createdAt)],
);

/** Accounts elsewhere that a user signs in with. */
export const linkedAccounts = pgTable(
  "linked_accounts",
  {
    provider: text("provider").notNull(),
    providerUserId: text("provider_user_id").notNull(),
    userId: uuid("user_id")
      .$type<UserId>()
      .notNull()
      .references(() => users.userId),
    createdAt: at("created_at").notNull(),
  },
  (t) => [primaryKey({ columns: [t.provider, t.providerUserId] }), index("linked_accounts_by_user").on(t.userId)],
);
