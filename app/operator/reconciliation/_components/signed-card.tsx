import { useFormatter, useTranslations } from "next-intl";
import { DateTime } from "@/components/time/date-time";
import { Card, CardHeader } from "@/components/ui/card";
import { Disclosure } from "@/components/ui/disclosure";
import type { SignedMonth } from "@/lib/reconciliation/months";
import { startOf } from "@/lib/reports/months";
import { FiguresTable } from "./figures-table";

/** Who stands for which month, with the figures as they were. */
export function SignedCard({ months }: { months: SignedMonth[] }) {
  const t = useTranslations("reconciliation.signed");
  const format = useFormatter();
  return (
    <Card aria-labelledby="signed-title">
      <CardHeader id="signed-title" title={t("title")} hint={t("hint")} className="pb-3" />
      <ul className="divide-y">
        {months.map((one) => {
          const name = format.dateTime(startOf(one.month), { month: "long", year: "numeric", timeZone: "UTC" });
          return (
            <li key={one.month} className="px-5 py-3.5 text-sm sm:px-6">
              <p className="font-medium">{name}</p>
              <p className="text-ink-soft">
                {t("by", { name: one.signedByName })} <DateTime at={one.signedAt} timeZone="UTC" />
              </p>
              {one.note ? <p className="mt-1 text-ink-soft">{one.note}</p> : null}
              <Disclosure summary={t("figures")}>
                <FiguresTable figures={one.figures} label={name} />
              </Disclosure>
            </li>
          );
        })}
      </ul>
    </Card>
  );
}
