import { useTranslations } from "next-intl";
import { LevelGauge } from "@/components/balance/level-gauge";
import { Money } from "@/components/money/money";
import { Card, CardBody } from "@/components/ui/card";
import { cn } from "@/components/ui/class-names";
import type { BalanceOverview } from "@/lib/recharge/types";

export function BalanceCard({ overview, className }: { overview: BalanceOverview; className?: string }) {
  const t = useTranslations("balance");
  const { currency } = overview;
  const { minMinor, targetMinor } = overview.rule;
  const parts = [
    { key: "available" as const, amountMinor: overview.availableMinor },
    { key: "held" as const, amountMinor: overview.heldMinor },
    { key: "pending" as const, amountMinor: overview.pendingMinor },
  ];
  return (
    <Card className={className} aria-labelledby="balance-title">
      <CardBody className="flex h-full flex-col justify-between gap-6">
        <div>
          <h2 id="balance-title" className="font-medium text-ink-faint text-sm">
            {t("title")}
          </h2>
          <p className="mt-1">
            <Money
              amountMinor={overview.balanceMinor}
              currency={currency}
              data-testid="balance"
              className={cn(
                "font-semibold text-[2.75rem] leading-none tracking-tight sm:text-[3.5rem]",
                overview.balanceMinor < 0 && "text-port",
              )}
            />
          </p>
        </div>
        {minMinor === null || targetMinor === null ? null : (
          <LevelGauge
            balanceMinor={overview.balanceMinor}
            minMinor={minMinor}
            targetMinor={targetMinor}
            currency={currency}
          />
        )}
        <dl className="grid grid-cols-3 gap-4 border-t pt-4">
          {parts.map((part) => (
            <div key={part.key} className="min-w-0">
              <dt className="text-ink-faint text-sm">{t(part.key)}</dt>
              <dd className={cn("truncate font-medium", part.amountMinor < 0 && "text-port")}>
                <Money amountMinor={part.amountMinor} currency={currency} />
              </dd>
            </div>
          ))}
        </dl>
      </CardBody>
    </Card>
  );
}
