import { useTranslations } from "next-intl";
import { Card, CardHeader } from "@/components/ui/card";
import { Table, Td, Th } from "@/components/ui/table";
import { ERROR_CODES } from "@/lib/errors";

/** The closed set of codes; each row is where the `type` of a problem leads. */
export function ErrorsTable() {
  const t = useTranslations("docs");
  return (
    <Card id="errors" className="scroll-mt-6">
      <CardHeader id="errors-title" title={t("errorsTitle")} hint={t("errorsHint")} />
      <div className="mt-3">
        <Table label={t("errorsTitle")}>
          <thead>
            <tr>
              <Th>{t("code")}</Th>
              <Th>{t("status")}</Th>
              <Th>{t("meaning")}</Th>
            </tr>
          </thead>
          <tbody className="[&>tr:last-child>td]:border-b-0">
            {Object.entries(ERROR_CODES).map(([code, [status, title]]) => (
              <tr key={code} id={code} className="scroll-mt-6 target:bg-keel-wash">
                <Td className="py-2">
                  <code className="font-mono text-[0.8125rem]">{code}</code>
                </Td>
                <Td className="py-2 tabular-nums">{status}</Td>
                <Td className="min-w-56 py-2 text-ink-soft">{title}</Td>
              </tr>
            ))}
          </tbody>
        </Table>
      </div>
    </Card>
  );
}
