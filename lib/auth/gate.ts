import { cookies, headers } from "next/headers";
import { redirect } from "next/navigation";
import { cache } from "react";
import type { Role } from "@/db/schema";
import { AppError } from "@/lib/errors";
import type { TenantId } from "@/lib/ids";
import { addLogContext } from "@/lib/log";
import { rememberTenant } from "./browser-session";
import { actorFor, TENANT_COOKIE, tenantChoices } from "./choose-tenant";
import { hasRole } from "./roles";
import type { TenantScope } from "./scope";
import { readSession, type SignedIn, sessionCookieName, type User } from "./sessions";

/** The signed-in person, or null. Read once per request. */
export const currentSession = cache(
  async (): Promise<SignedIn | null> => readSession((await cookies()).get(sessionCookieName())?.value),
);

/** The signed-in person and session; sends everybody else to /sign-in. The gate of what belongs to a person, not to a tenant. */
export async function requireSession(): Promise<SignedIn> {
  const session = await currentSession();
  if (session) return session;
  // proxy.ts tells the path; after signing in the person comes back to it.
  const path = (await headers()).get("x-evenkeel-path");
  redirect(path && path !== "/" ? `/sign-in?callbackUrl=${encodeURIComponent(path)}` : "/sign-in");
}

const signedIn = async (): Promise<User> => (await requireSession()).user;

/**
 * The gate of pages and server actions: who acts, on which tenant. Sends people who are not signed in to /sign-in and
 * operators who have not chosen a tenant to /operator, and people who belong to none to where they can make one.
 * @throws AppError forbidden when the role is too small
 */
export async function requireScope(minRole: Role = "member"): Promise<TenantScope & { user: User }> {
  const user = await signedIn();
  const actor = await actorFor(user, (await cookies()).get(TENANT_COOKIE)?.value ?? null);
  if (!actor) redirect(user.isOperator ? "/operator" : "/organisations/new");
  addLogContext({ tenantId: actor.scope.tenantId });
  if (!hasRole(actor.scope, minRole)) throw new AppError("forbidden");
  return { ...actor.scope, user };
}

/** The gate of the operator's pages and actions. @throws AppError not_found for everybody else: the console is not announced */
export async function requireOperator(): Promise<{ user: User; role: "operator"; actor: string }> {
  const user = await signedIn();
  if (!user.isOperator) throw new AppError("not_found");
  return { user, role: "operator", actor: user.email };
}

/** Makes a tenant the current one of this browser, in a server action. @throws AppError not_found when it is not the user's */
export async function setCurrentTenant(tenantId: string): Promise<void> {
  const user = await signedIn();
  const choices = await tenantChoices(user);
  if (!choices.some((tenant) => tenant.tenantId === tenantId)) throw new AppError("not_found");
  await rememberTenant(tenantId as TenantId);
}
