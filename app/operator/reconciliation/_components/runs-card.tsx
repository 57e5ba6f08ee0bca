import { History } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import { DateTime } from "@/components/time/date-time";
import { Badge, type Tone } from "@/components/ui/badge";
import { Card, CardHeader } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { Table, Td, Th } from "@/components/ui/table";
import type { Run } from "@/lib/reconciliation/run";

const TONES: Record<Run["state"], Tone> = { running: "keel", done: "good", failed: "bad" };
const COUNTS = ["paymentsCompared", "refundsCompared", "disputesCompared", "found", "foundNew", "repaired"] as const;

export function RunsCard({ runs }: { runs: Run[] }) {
  const t = useTranslations("reconciliation.runs");
  const format = useFormatter();
  return (
    <Card aria-labelledby="runs-title">
      <CardHeader id="runs-title" title={t("title")} hint={t("hint")} className="pb-3" />
      {runs.length === 0 ? (
        <EmptyState icon={History} title={t("none")}>
          {t("noneHint")}
        </EmptyState>
      ) : (
        <Table label={t("title")}>
          <thead>
            <tr>
              <Th>{t("started")}</Th>
              <Th>{t("by")}</Th>
              <Th>{t("window")}</Th>
              {COUNTS.map((key) => (
                <Th key={key} className="text-right">
                  {t(key)}
                </Th>
              ))}
              <Th>{t("state")}</Th>
            </tr>
          </thead>
          <tbody>
            {runs.map((run) => (
              <tr key={run.runId}>
                <Td className="whitespace-nowrap">
                  <DateTime at={run.startedAt} timeZone="UTC" style="short" />
                </Td>
                <Td>{run.kind === "nightly" ? t("nightly") : run.actor}</Td>
                <Td className="whitespace-nowrap">
                  {format.dateTimeRange(run.windowStart, run.windowEnd, { dateStyle: "medium", timeZone: "UTC" })}
                </Td>
                {COUNTS.map((key) => (
                  <Td key={key} className="text-right tabular-nums">
                    {run[key] === null ? "–" : format.number(run[key])}
                  </Td>
                ))}
                <Td>
                  <Badge tone={TONES[run.state]}>{t(`states.${run.state}`)}</Badge>
                  {run.error ? <span className="mt-1 block max-w-72 text-port text-xs">{run.error}</span> : null}
                </Td>
              </tr>
            ))}
          </tbody>
        </Table>
      )}
    </Card>
  );
}
