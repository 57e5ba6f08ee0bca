import { FileText } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import { Badge, type Tone } from "@/components/ui/badge";
import { Card, CardHeader } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { ScrollRegion } from "@/components/ui/scroll-region";
import type { LogLine } from "@/lib/recent-logs";

const TONES: Record<string, Tone> = { warn: "warn", error: "bad", fatal: "bad" };
const SHOWN_ELSEWHERE = new Set(["time", "level", "msg", "tenantId"]);

const rest = (line: LogLine): string =>
  Object.entries(line)
    .filter(([name, value]) => !SHOWN_ELSEWHERE.has(name) && value !== null)
    .map(([name, value]) => `${name}=${typeof value === "object" ? JSON.stringify(value) : String(value)}`)
    .join(" ");

/** The last lines that this instance logged for this tenant. */
export function RecentLogs({ lines, timeZone }: { lines: LogLine[]; timeZone: string }) {
  const t = useTranslations("diagnostics.logs");
  const format = useFormatter();
  return (
    <Card aria-labelledby="logs-title">
      <CardHeader id="logs-title" title={t("title")} hint={t("hint")} />
      {lines.length === 0 ? (
        <EmptyState icon={FileText} title={t("empty")} />
      ) : (
        <ScrollRegion label={t("title")} className="mt-3 max-h-[28rem] overflow-y-auto border-t">
          <ol className="divide-y">
            {lines.map((line, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: lines have no id and are never reordered
              <li key={`${line.time}-${index}`} className="px-5 py-2.5 text-sm sm:px-6">
                <p className="flex flex-wrap items-center gap-2">
                  <Badge tone={TONES[line.level] ?? "neutral"}>{line.level}</Badge>
                  <time dateTime={line.time} className="text-ink-faint text-xs tabular-nums">
                    {format.dateTime(new Date(line.time), { dateStyle: "short", timeStyle: "medium", timeZone })}
                  </time>
                  <span className="min-w-0">{line.msg}</span>
                </p>
                <p className="mt-1 break-all font-mono text-ink-faint text-xs">{rest(line)}</p>
              </li>
            ))}
          </ol>
        </ScrollRegion>
      )}
    </Card>
  );
}
