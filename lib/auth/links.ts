import { and, eq, gt, isNull } from "drizzle-orm";
import { systemDb, type Tx } from "@/db/client";
import { emailLinks } from "@/db/schema";
import { now } from "@/lib/clock";
import { AppError } from "@/lib/errors";
import type { UserId } from "@/lib/ids";
import { hashOfSecret, newSecret } from "./secrets";

export type LinkPurpose = (typeof emailLinks.$inferSelect)["purpose"];
export type EmailLink = { email: string; userId: UserId; createdAt: Date };

/** How long a link works. */
export const LINK_MINUTES: Record<LinkPurpose, number> = {
  sign_in: 20,
  reset_password: 60,
  confirm_email: 3 * 24 * 60,
};

const withPerson = <T extends { userId: UserId | null }>(link: T | undefined) =>
  link?.userId ? { ...link, userId: link.userId } : null;
const columns = { email: emailLinks.email, userId: emailLinks.userId, createdAt: emailLinks.createdAt };
const works = (secret: string, purpose: LinkPurpose) =>
  and(
    eq(emailLinks.tokenHash, hashOfSecret(secret)),
    eq(emailLinks.purpose, purpose),
    isNull(emailLinks.usedAt),
    gt(emailLinks.expiresAt, now()),
  );

/** Makes a link to be mailed to an address. @returns its secret, which is kept nowhere */
export async function makeLink(purpose: LinkPurpose, email: string, userId: UserId): Promise<string> {
  const secret = newSecret();
  const createdAt = now();
  const expiresAt = new Date(createdAt.getTime() + LINK_MINUTES[purpose] * 60_000);
  await systemDb()
    .insert(emailLinks)
    .values({ tokenHash: hashOfSecret(secret), purpose, email, userId, createdAt, expiresAt });
  return secret;
}

/** What a link says, without using it; null when it is none of ours, was used, or has expired. */
export async function readLink(secret: string, purpose: LinkPurpose): Promise<EmailLink | null> {
  const [link] = await systemDb().select(columns).from(emailLinks).where(works(secret, purpose));
  return withPerson(link);
}

/**
 * Uses a link, once: of two at the same time one gets it. The person's others of its kind end with it.
 * @throws AppError link_invalid
 */
export async function spendLink(tx: Tx, secret: string, purpose: LinkPurpose): Promise<EmailLink> {
  const usedAt = now();
  const [row] = await tx.update(emailLinks).set({ usedAt }).where(works(secret, purpose)).returning(columns);
  const link = withPerson(row);
  if (!link) throw new AppError("link_invalid");
  await tx
    .update(emailLinks)
    .set({ usedAt })
    .where(and(eq(emailLinks.userId, link.userId), eq(emailLinks.purpose, purpose), isNull(emailLinks.usedAt)));
  return link;
}
