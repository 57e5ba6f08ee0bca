import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { orNotFound } from "@/app/or-not-found";
import { BackLink } from "@/components/layout/back-link";
import { PageHeader } from "@/components/layout/page-header";
import { requireScope } from "@/lib/auth/gate";
import { hasRole } from "@/lib/auth/roles";
import { env } from "@/lib/env";
import { getInvoice } from "@/lib/invoices/queries";
import { getTenant } from "@/lib/tenants/queries";
import { DraftForm } from "../../_components/draft-form";
import { savedDraft } from "../../_components/saved-draft";
import { saveDraftAction } from "../../actions";

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("invoices.form"))("editTitle"),
});

type Props = { params: Promise<{ id: string }> };

export default async function EditInvoicePage({ params }: Props) {
  const [scope, { id }] = await Promise.all([requireScope(), params]);
  const [t, tenant, invoice] = await Promise.all([
    getTranslations("invoices"),
    getTenant(scope),
    orNotFound(getInvoice(scope, id)),
  ]);
  if (!hasRole(scope, "admin") || invoice.status !== "draft" || invoice.createdBy === "stripe")
    redirect(`/invoices/${invoice.invoiceId}`);
  return (
    <>
      <BackLink href={`/invoices/${invoice.invoiceId}`}>{t("statuses.draft")}</BackLink>
      <PageHeader title={t("form.editTitle")} hint={t("form.hint")} />
      <DraftForm
        saved={savedDraft(invoice, tenant.timeZone)}
        save={saveDraftAction.bind(null, invoice.invoiceId)}
        currency={invoice.currency}
        taxRate={env().TAX_RATE}
      />
    </>
  );
}
