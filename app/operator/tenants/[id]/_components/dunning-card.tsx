import { CircleCheck } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import { Card, CardHeader } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import type { DunningCase } from "@/lib/dunning/cases";
import { OpenForm } from "./open-form";

type Props = { cases: DunningCase[]; tenantId: string; timeZone: string };

/** Invoices that failed and are being tried again, with what comes next. */
export function DunningCard({ cases, tenantId, timeZone }: Props) {
  const t = useTranslations("operatorTenant.dunning");
  const format = useFormatter();
  const day = (at: Date) => format.dateTime(at, { dateStyle: "medium", timeZone });
  return (
    <Card aria-labelledby="dunning-title">
      <CardHeader id="dunning-title" title={t("title")} hint={t("hint")} className="pb-3" />
      {cases.length === 0 ? (
        <EmptyState icon={CircleCheck} title={t("none")} />
      ) : (
        <ul className="divide-y">
          {cases.map((one) => {
            const next = one.steps.find((step) => step.doneAt === null);
            return (
              <li
                key={one.caseId}
                className="flex flex-wrap items-center justify-between gap-3 px-5 py-3.5 text-sm sm:px-6"
              >
                <div>
                  <p className="font-medium">{t("since", { date: day(one.startedAt) })}</p>
                  <p className="text-ink-soft">
                    {next ? t(`next.${next.kind}`, { date: day(next.dueAt) }) : t("nothingLeft")}
                  </p>
                </div>
                <OpenForm tenantId={tenantId} to={`/invoices/${one.invoiceId}`}>
                  {t("invoice")}
                </OpenForm>
              </li>
            );
          })}
        </ul>
      )}
    </Card>
  );
}
