import { cookies } from "next/headers";
import { notFound } from "next/navigation";
import type { ReactNode } from "react";
import { chooseLocale, chooseTenant } from "@/app/actions";
import { SandboxBar } from "@/app/sandbox/sandbox-bar";
import { Shell } from "@/components/layout/shell";
import { actorFor, TENANT_COOKIE, tenantChoices } from "@/lib/auth/choose-tenant";
import { requireOperator } from "@/lib/auth/gate";
import { AppError } from "@/lib/errors";
import { OperatorNav } from "./_components/operator-nav";

export const dynamic = "force-dynamic";

/** Only operators know that this exists. */
async function operatorOrNotFound() {
  try {
    return await requireOperator();
  } catch (error) {
    if (error instanceof AppError && error.code === "not_found") notFound();
    throw error;
  }
}

export default async function OperatorLayout({ children }: { children: ReactNode }) {
  const { user } = await operatorOrNotFound();
  const chosen = (await cookies()).get(TENANT_COOKIE)?.value ?? null;
  const [tenants, actor] = await Promise.all([tenantChoices(user), actorFor(user, chosen)]);
  return (
    <Shell
      user={user}
      tenants={tenants}
      currentTenantId={actor?.scope.tenantId ?? null}
      chooseTenant={chooseTenant}
      chooseLocale={chooseLocale}
      ribbon={<SandboxBar />}
    >
      <OperatorNav />
      {children}
    </Shell>
  );
}
