import { ArrowDownLeft, ArrowUpRight, ScrollText } from "lucide-react";
import { useTranslations } from "next-intl";
import { entryKind, isDescribed } from "@/components/balance/entry-kind";
import { Money } from "@/components/money/money";
import { RelativeTime } from "@/components/time/relative-time";
import { Card, CardHeader } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import type { LedgerEntry } from "@/lib/ledger/queries";
import type { Currency } from "@/lib/money/currency";

type Props = { entries: LedgerEntry[]; currency: Currency; timeZone: string; className?: string };

export function ActivityCard({ entries, currency, timeZone, className }: Props) {
  const t = useTranslations("activity");
  return (
    <Card aria-labelledby="activity-title" className={className}>
      <CardHeader id="activity-title" title={t("title")} />
      {entries.length === 0 ? (
        <EmptyState icon={ScrollText} title={t("empty")}>
          {t("emptyHint")}
        </EmptyState>
      ) : (
        <ul className="mt-2 divide-y pb-2">
          {entries.map((entry) => {
            const Icon = entry.amountMinor > 0 ? ArrowDownLeft : ArrowUpRight;
            const kind = t(`kinds.${entryKind(entry.kind)}`);
            const described = entry.description && isDescribed(entry.kind) ? entry.description : null;
            return (
              <li key={entry.entryId} className="flex items-center gap-3 px-5 py-3 sm:px-6">
                <span
                  aria-hidden
                  className="grid size-8 shrink-0 place-items-center rounded-full bg-sunken text-ink-faint"
                >
                  <Icon className="size-4" />
                </span>
                <span className="min-w-0 flex-1">
                  <span className="block truncate font-medium text-sm">{described ?? kind}</span>
                  <span className="block text-ink-faint text-xs">
                    {described ? `${kind} · ` : ""}
                    <RelativeTime at={entry.createdAt} timeZone={timeZone} />
                  </span>
                </span>
                <span className="text-right text-sm">
                  <Money amountMinor={entry.amountMinor} currency={currency} signed className="block font-medium" />
                  <Money
                    amountMinor={entry.balanceAfterMinor}
                    currency={currency}
                    className="block text-ink-faint text-xs"
                  />
                </span>
              </li>
            );
          })}
        </ul>
      )}
    </Card>
  );
}
