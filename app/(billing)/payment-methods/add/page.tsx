import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { stripeAccess } from "@/app/stripe-access";
import { BackLink } from "@/components/layout/back-link";
import { PageHeader } from "@/components/layout/page-header";
import { PortalButton } from "@/components/payment-methods/portal-button";
import { Alert } from "@/components/ui/alert";
import { Card, CardBody } from "@/components/ui/card";
import { requireScope } from "@/lib/auth/gate";
import { hasRole } from "@/lib/auth/roles";
import { getTenant } from "@/lib/tenants/queries";
import { openPortalAction, startSetupAction } from "../actions";
import { SetupForm } from "./_components/setup-form";

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("paymentMethods.add"))("title"),
});

export default async function AddPaymentMethodPage() {
  const scope = await requireScope();
  const [t, tenant, access] = await Promise.all([getTranslations("paymentMethods"), getTenant(scope), stripeAccess()]);
  const isAdmin = hasRole(scope, "admin");
  return (
    <div className="mx-auto max-w-xl">
      <BackLink href="/payment-methods">{t("title")}</BackLink>
      <PageHeader title={t("add.title")} hint={t("add.formHint")} />
      {isAdmin ? (
        <Card aria-label={t("add.title")}>
          <CardBody>
            <SetupForm
              access={access}
              currency={tenant.currency}
              startSetup={startSetupAction}
              openPortal={openPortalAction}
            />
          </CardBody>
        </Card>
      ) : (
        <Alert tone="info" title={t("readOnly")} />
      )}
      {isAdmin ? (
        <p className="mt-5 flex flex-wrap items-center justify-center gap-3 text-ink-faint text-sm">
          {t("add.orHosted")} <PortalButton openPortal={openPortalAction} label={t("add.atStripe")} size="small" />
        </p>
      ) : null}
    </div>
  );
}
