import type { ReactNode } from "react";
import { chooseLocale, chooseTenant } from "@/app/actions";
import { SandboxBar } from "@/app/sandbox/sandbox-bar";
import { Shell } from "@/components/layout/shell";
import { tenantChoices } from "@/lib/auth/choose-tenant";
import { requireScope } from "@/lib/auth/gate";
import { ConfirmBanner } from "./_components/confirm-banner";

export const dynamic = "force-dynamic";

export default async function BillingLayout({ children }: { children: ReactNode }) {
  const scope = await requireScope();
  const tenants = await tenantChoices(scope.user);
  return (
    <Shell
      user={scope.user}
      tenants={tenants}
      currentTenantId={scope.tenantId}
      chooseTenant={chooseTenant}
      chooseLocale={chooseLocale}
      ribbon={<SandboxBar canSpend />}
    >
      {scope.user.emailConfirmed ? null : <ConfirmBanner email={scope.user.email} />}
      {children}
    </Shell>
  );
}
