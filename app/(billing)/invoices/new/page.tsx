import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { BackLink } from "@/components/layout/back-link";
import { PageHeader } from "@/components/layout/page-header";
import { requireScope } from "@/lib/auth/gate";
import { hasRole } from "@/lib/auth/roles";
import { env } from "@/lib/env";
import { getTenant } from "@/lib/tenants/queries";
import { DraftForm } from "../_components/draft-form";
import { saveDraftAction } from "../actions";

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("invoices.form"))("newTitle"),
});

export default async function NewInvoicePage() {
  const scope = await requireScope();
  if (!hasRole(scope, "admin")) redirect("/invoices");
  const [t, tenant] = await Promise.all([getTranslations("invoices"), getTenant(scope)]);
  return (
    <>
      <BackLink href="/invoices">{t("detail.back")}</BackLink>
      <PageHeader title={t("form.newTitle")} hint={t("form.hint")} />
      <DraftForm
        saved={{ lines: [], due: "", memo: "" }}
        save={saveDraftAction.bind(null, null)}
        currency={tenant.currency}
        taxRate={env().TAX_RATE}
      />
    </>
  );
}
