import Link from "next/link";
import { useFormatter, useTranslations } from "next-intl";
import type { ActionResult } from "@/components/forms/action-result";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import type { MonthFigures } from "@/db/schema/reconciliation";
import type { Readiness } from "@/lib/reconciliation/months";
import { startOf } from "@/lib/reports/months";
import { FiguresTable } from "./figures-table";
import { SignDialog } from "./sign-dialog";

type Props = {
  state: { month: string; readiness: Readiness };
  /** Null: not asked for. */
  figures: MonthFigures | null;
  signOff: (month: string, note: string) => Promise<ActionResult>;
};

/** The last month, until somebody stands for it. */
export function MonthCard({ state: { month, readiness }, figures, signOff }: Props) {
  const t = useTranslations("reconciliation.month");
  const format = useFormatter();
  const name = format.dateTime(startOf(month), { month: "long", year: "numeric", timeZone: "UTC" });
  return (
    <Card aria-labelledby="month-title">
      <CardHeader
        id="month-title"
        title={t("title", { month: name })}
        hint={t("hint")}
        action={<Badge tone={readiness === "ready" ? "good" : "warn"}>{t(`readiness.${readiness}`)}</Badge>}
      />
      <CardBody className="flex flex-wrap gap-2">
        {figures ? null : (
          <Button asChild>
            <Link href="/operator/reconciliation?figures" scroll={false}>
              {t("show")}
            </Link>
          </Button>
        )}
        {readiness === "ready" ? <SignDialog month={month} name={name} signOff={signOff} /> : null}
      </CardBody>
      {figures && Object.keys(figures).length === 0 ? (
        <p className="px-5 pb-5 text-ink-soft text-sm sm:px-6">{t("nothing")}</p>
      ) : null}
      {figures && Object.keys(figures).length > 0 ? (
        <FiguresTable figures={figures} label={t("title", { month: name })} />
      ) : null}
    </Card>
  );
}
