import Link from "next/link";
import { useTranslations } from "next-intl";
import { Money } from "@/components/money/money";
import { DateTime } from "@/components/time/date-time";
import { Td } from "@/components/ui/table";
import type { StoredDifference } from "@/lib/reconciliation/queries";

/** What it is, whose, and what each side says. */
export function DifferenceCells({ row }: { row: StoredDifference }) {
  const t = useTranslations("reconciliation");
  const side = (minor: StoredDifference["ourMinor"]) =>
    minor === null ? "–" : <Money amountMinor={minor} currency={row.currency} />;
  return (
    <>
      <Td className="min-w-64">
        <span className="block font-medium">{t(`classes.${row.class}.name`)}</span>
        <span className="block text-ink-soft text-xs">{t(`classes.${row.class}.hint`)}</span>
        <span className="mt-1 block break-all font-mono text-ink-faint text-xs">
          {row.subjectId}
          {row.detail ? ` · ${row.detail}` : ""}
        </span>
        {row.repairError ? (
          <span className="mt-1 block text-port text-xs">{t("repairFailed", { error: row.repairError })}</span>
        ) : null}
      </Td>
      <Td>
        {row.tenantId ? (
          <Link href={`/operator/tenants/${row.tenantId}`} className="font-medium hover:underline">
            {row.tenantName}
          </Link>
        ) : (
          <span className="text-ink-faint">{t("nobody")}</span>
        )}
      </Td>
      <Td className="text-right">{side(row.stripeMinor)}</Td>
      <Td className="text-right">{side(row.ourMinor)}</Td>
      <Td className="whitespace-nowrap">
        <DateTime at={row.occurredAt} timeZone="UTC" style="short" />
      </Td>
    </>
  );
}

export const DIFFERENCE_HEADS = [
  ["difference", ""],
  ["tenant", ""],
  ["atStripe", "text-right"],
  ["here", "text-right"],
  ["when", ""],
] as const;
