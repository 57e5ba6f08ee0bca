import { Download } from "lucide-react";
import type { Metadata } from "next";
import { getNow, getTranslations } from "next-intl/server";
import { orNotFound } from "@/app/or-not-found";
import { InvoiceBadge } from "@/components/invoices/invoice-badge";
import { isOverdue } from "@/components/invoices/overdue";
import { reasonKey } from "@/components/invoices/reason-key";
import { BackLink } from "@/components/layout/back-link";
import { LiveRefresh } from "@/components/layout/live-refresh";
import { PageHeader } from "@/components/layout/page-header";
import { Button } from "@/components/ui/button";
import { requireScope } from "@/lib/auth/gate";
import { hasRole } from "@/lib/auth/roles";
import { getInvoice } from "@/lib/invoices/queries";
import { listPaymentMethods } from "@/lib/payment-methods/queries";
import { getTenant } from "@/lib/tenants/queries";
import { CreditNotes } from "./_components/credit-notes";
import { DunningTimetable } from "./_components/dunning-timetable";
import { InvoiceActions } from "./_components/invoice-actions";
import { InvoiceFacts } from "./_components/invoice-facts";
import { InvoiceLines } from "./_components/invoice-lines";
import { PaymentList } from "./_components/payment-list";

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("invoices"))("title"),
});

type Props = { params: Promise<{ id: string }> };

const UNDER_WAY = ["started", "processing", "unknown"];

export default async function InvoicePage({ params }: Props) {
  const [scope, { id }] = await Promise.all([requireScope(), params]);
  const [t, at, tenant, invoice, methods] = await Promise.all([
    getTranslations("invoices"),
    getNow(),
    getTenant(scope),
    orNotFound(getInvoice(scope, id)),
    listPaymentMethods(scope),
  ]);
  const { timeZone } = tenant;
  const isDraft = invoice.status === "draft";
  return (
    <>
      {invoice.payments.some((payment) => UNDER_WAY.includes(payment.state)) ? <LiveRefresh everySeconds={5} /> : null}
      <BackLink href="/invoices">{t("detail.back")}</BackLink>
      <PageHeader
        title={
          <span className="flex flex-wrap items-center gap-3">
            {invoice.number ?? t("draftName")}
            <InvoiceBadge status={invoice.status} isOverdue={isOverdue(invoice, at)} />
          </span>
        }
        hint={t(`reasons.${reasonKey(invoice.reason)}`)}
        action={
          <>
            {isDraft ? null : (
              <Button asChild>
                <a href={`/api/v1/billing/invoices/${invoice.invoiceId}/pdf`}>
                  <Download aria-hidden />
                  {t("detail.pdf")}
                </a>
              </Button>
            )}
            {hasRole(scope, "admin") ? <InvoiceActions invoice={invoice} methods={methods} /> : null}
          </>
        }
      />
      <div className="grid items-start gap-5 lg:grid-cols-3">
        <div className="flex min-w-0 flex-col gap-5 lg:col-span-2">
          {invoice.dunning ? <DunningTimetable dunning={invoice.dunning} payments={invoice.payments} /> : null}
          <InvoiceLines invoice={invoice} timeZone={timeZone} />
          {isDraft ? null : <PaymentList invoice={invoice} methods={methods} timeZone={timeZone} />}
          <CreditNotes notes={invoice.creditNotes} timeZone={timeZone} />
        </div>
        <InvoiceFacts invoice={invoice} timeZone={timeZone} />
      </div>
    </>
  );
}
