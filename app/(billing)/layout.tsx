import type { ReactNode } from "react";
import { chooseLocale, chooseTenant } from "@/app/actions";
import { SandboxBar } from "@/app/sandbox/sandbox-bar";
import { Shell } from "@/components/layout/shell";
import { ZoneNote } from "@/components/time/zone-note";
import { tenantChoices } from "@/lib/auth/choose-tenant";
import { requireScope, requireSession } from "@/lib/auth/gate";
import { getTenant } from "@/lib/tenants/queries";
import { Unconfirmed } from "./_components/unconfirmed";

export const dynamic = "force-dynamic";

export default async function BillingLayout({ children }: { children: ReactNode }) {
  const { user } = await requireSession();
  const scope = await requireScope();
  const [tenants, { timeZone }] = await Promise.all([tenantChoices(user), getTenant(scope)]);
  return (
    <Shell
      user={user}
      tenants={tenants}
      currentTenantId={scope.tenantId}
      chooseTenant={chooseTenant}
      chooseLocale={chooseLocale}
      ribbon={<SandboxBar canSpend />}
    >
      {user.emailConfirmed ? null : <Unconfirmed email={user.email} />}
      {children}
      <ZoneNote timeZone={timeZone} />
    </Shell>
  );
}
