import { CircleCheck } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ActionResult } from "@/components/forms/action-result";
import { Badge } from "@/components/ui/badge";
import { Card, CardHeader } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { Table, Td, Th } from "@/components/ui/table";
import type { StoredDifference } from "@/lib/reconciliation/queries";
import { DIFFERENCE_HEADS, DifferenceCells } from "./difference-cells";
import { ExplainDialog } from "./explain-dialog";

type Props = {
  rows: StoredDifference[];
  explain: (differenceId: string, note: string) => Promise<ActionResult>;
};

/** What waits for somebody, by class. */
export function OpenCard({ rows, explain }: Props) {
  const t = useTranslations("reconciliation");
  const classes = [...new Set(rows.map((row) => row.class))];
  return (
    <Card aria-labelledby="open-title">
      <CardHeader
        id="open-title"
        title={t("open")}
        hint={t("openHint")}
        className="pb-3"
        action={
          rows.length > 0 ? (
            <ul className="flex flex-wrap gap-2">
              {classes.map((name) => (
                <li key={name}>
                  <Badge tone="warn">
                    {t("ofClass", {
                      count: rows.filter((row) => row.class === name).length,
                      name: t(`classes.${name}.name`),
                    })}
                  </Badge>
                </li>
              ))}
            </ul>
          ) : null
        }
      />
      {rows.length === 0 ? (
        <EmptyState icon={CircleCheck} title={t("nothingOpen")}>
          {t("nothingOpenHint")}
        </EmptyState>
      ) : (
        <Table label={t("open")}>
          <thead>
            <tr>
              {DIFFERENCE_HEADS.map(([key, className]) => (
                <Th key={key} className={className}>
                  {t(`heads.${key}`)}
                </Th>
              ))}
              <Th>
                <span className="sr-only">{t("heads.actions")}</span>
              </Th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.differenceId}>
                <DifferenceCells row={row} />
                <Td className="text-right">
                  <ExplainDialog differenceId={row.differenceId} subjectId={row.subjectId} explain={explain} />
                </Td>
              </tr>
            ))}
          </tbody>
        </Table>
      )}
    </Card>
  );
}
