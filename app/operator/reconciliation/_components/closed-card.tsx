import { useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import { Card, CardHeader } from "@/components/ui/card";
import { Table, Td, Th } from "@/components/ui/table";
import type { StoredDifference } from "@/lib/reconciliation/queries";
import { DIFFERENCE_HEADS, DifferenceCells } from "./difference-cells";

/** What was repaired, mended itself or was explained, newest first. */
export function ClosedCard({ rows }: { rows: StoredDifference[] }) {
  const t = useTranslations("reconciliation");
  return (
    <Card aria-labelledby="closed-title">
      <CardHeader id="closed-title" title={t("closed")} hint={t("closedHint")} className="pb-3" />
      <Table label={t("closed")}>
        <thead>
          <tr>
            {DIFFERENCE_HEADS.map(([key, className]) => (
              <Th key={key} className={className}>
                {t(`heads.${key}`)}
              </Th>
            ))}
            <Th>{t("heads.state")}</Th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.differenceId}>
              <DifferenceCells row={row} />
              <Td>
                <Badge tone={row.state === "explained" ? "neutral" : "good"}>{t(`states.${row.state}`)}</Badge>
                {row.note ? (
                  <span className="mt-1 block text-ink-soft text-xs">
                    {t("explainedBy", { note: row.note, by: row.resolvedBy ?? "" })}
                  </span>
                ) : null}
              </Td>
            </tr>
          ))}
        </tbody>
      </Table>
    </Card>
  );
}
