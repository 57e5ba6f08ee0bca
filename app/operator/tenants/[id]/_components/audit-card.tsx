import { ScrollText } from "lucide-react";
import { useTranslations } from "next-intl";
import { DateTime } from "@/components/time/date-time";
import { Card, CardHeader } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { Table, Td, Th } from "@/components/ui/table";
import type { AuditEntry } from "@/lib/tenants/audit";

/** Who did what by hand. */
export function AuditCard({ rows, timeZone }: { rows: AuditEntry[]; timeZone: string }) {
  const t = useTranslations("operatorTenant.audit");
  return (
    <Card aria-labelledby="audit-title" className="lg:col-span-2">
      <CardHeader id="audit-title" title={t("title")} hint={t("hint")} className="pb-3" />
      {rows.length === 0 ? (
        <EmptyState icon={ScrollText} title={t("none")} />
      ) : (
        <Table label={t("title")}>
          <thead>
            <tr>
              <Th>{t("when")}</Th>
              <Th>{t("who")}</Th>
              <Th>{t("what")}</Th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={`${row.at.getTime()} ${row.kind} ${row.detail}`}>
                <Td className="whitespace-nowrap">
                  <DateTime at={row.at} timeZone={timeZone} style="short" />
                </Td>
                <Td className="break-all">{row.actor || "–"}</Td>
                <Td>
                  <span className="font-medium">{t(`kinds.${row.kind}`)}</span>
                  {row.detail ? <span className="block text-ink-soft">{row.detail}</span> : null}
                </Td>
              </tr>
            ))}
          </tbody>
        </Table>
      )}
    </Card>
  );
}
