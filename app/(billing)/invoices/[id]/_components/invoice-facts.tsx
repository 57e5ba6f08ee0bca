import { useFormatter, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { DateTime } from "@/components/time/date-time";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { CopyButton } from "@/components/ui/copy-button";
import type { Invoice } from "@/lib/invoices/queries";

export function InvoiceFacts({ invoice, timeZone }: { invoice: Invoice; timeZone: string }) {
  const t = useTranslations("invoices.detail");
  const format = useFormatter();
  const facts: [string, ReactNode][] = [];
  const day = (key: string, at: Date) => <DateTime key={key} at={at} timeZone={timeZone} style="day" />;
  const isDraft = invoice.status === "draft";
  if (isDraft) facts.push([t("created"), day("created", invoice.createdAt)]);
  if (invoice.issuedAt) facts.push([t("issued"), day("issued", invoice.issuedAt)]);
  if (invoice.dueAt) facts.push([t("dueDate"), <DateTime key="due" at={invoice.dueAt} timeZone={timeZone} />]);
  else if (isDraft) facts.push([t("dueDate"), t("dueLater")]);
  if (invoice.paidAt) facts.push([t("paidAt"), <DateTime key="paid" at={invoice.paidAt} timeZone={timeZone} />]);
  if (invoice.periodStart && invoice.periodEnd && invoice.periodStart < invoice.periodEnd)
    facts.push([
      t("period"),
      format.dateTimeRange(invoice.periodStart, invoice.periodEnd, { dateStyle: "medium", timeZone }),
    ]);
  if (invoice.chargesAutomatically) facts.push([t("automatic"), t("automaticHint")]);
  if (invoice.billedTo?.name) facts.push([t("billedTo"), invoice.billedTo.name]);
  if (invoice.memo) facts.push([t("memo"), invoice.memo]);
  const canBePaid = invoice.status === "open" || invoice.status === "uncollectible";
  return (
    <Card aria-labelledby="facts-title">
      <CardHeader id="facts-title" title={t("facts")} />
      <CardBody className="flex flex-col gap-5">
        <dl className="flex flex-col gap-4 text-sm">
          {facts.map(([name, value]) => (
            <div key={name}>
              <dt className="text-ink-faint">{name}</dt>
              <dd className="mt-0.5 font-medium">{value}</dd>
            </div>
          ))}
        </dl>
        {invoice.hostedUrl && canBePaid ? (
          <div className="flex items-center justify-between gap-3 border-t pt-4 text-sm">
            <span>
              <span className="block font-medium">{t("hosted")}</span>
              <span className="block text-ink-faint">{t("hostedHint")}</span>
            </span>
            <CopyButton text={invoice.hostedUrl} />
          </div>
        ) : null}
      </CardBody>
    </Card>
  );
}
