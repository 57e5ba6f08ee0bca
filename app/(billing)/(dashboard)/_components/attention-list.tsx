import Link from "next/link";
import { useFormatter, useLocale, useTranslations } from "next-intl";
import { methodName } from "@/components/payment-methods/method-name";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/class-names";
import { formatMoney } from "@/lib/money/amount";
import { negate } from "@/lib/money/minor";
import type { PaymentMethod } from "@/lib/payment-methods/types";
import type { BalanceOverview } from "@/lib/recharge/types";
import { attentionOf } from "./attention";

type Props = { overview: BalanceOverview; methods: PaymentMethod[]; timeZone: string; className?: string };

export function AttentionList({ overview, methods, timeZone, className }: Props) {
  const t = useTranslations();
  const locale = useLocale();
  const format = useFormatter();
  const items = attentionOf(overview, methods);
  if (items.length === 0) return null;
  const next = overview.nextPossibleAt
    ? format.dateTime(overview.nextPossibleAt, { dateStyle: "medium", timeStyle: "short", timeZone })
    : null;
  return (
    <section aria-label={t("attention.title")} className={cn("flex flex-col gap-3", className)}>
      {items.map((item) => {
        const method = methods.find((m) => m.paymentMethodId === item.key);
        const values = {
          balance: formatMoney(overview.balanceMinor, overview.currency, locale),
          held: formatMoney(overview.heldMinor, overview.currency, locale),
          missing: formatMoney(negate(overview.availableMinor), overview.currency, locale),
          total: overview.lastAttempt ? formatMoney(overview.lastAttempt.totalMinor, overview.currency, locale) : "",
          reason: overview.reason ?? "",
          method: method ? methodName(method) : "",
        };
        const why = overview.reason && item.kind === "limit" ? `${t(`recharge.reasonsShort.${overview.reason}`)} ` : "";
        return (
          <Alert
            key={item.key}
            tone={item.tone}
            title={t(`attention.${item.kind}.title`, values)}
            action={
              item.href ? (
                <Button asChild tone={item.tone === "bad" ? "primary" : "quiet"} size="small">
                  <Link href={item.href}>{t(`attention.${item.kind}.action`)}</Link>
                </Button>
              ) : null
            }
          >
            {why}
            {t(`attention.${item.kind}.text`, values)}
            {next && (item.kind === "limit" || item.kind === "backingOff")
              ? ` ${t("recharge.nextPossible", { date: next })}`
              : ""}
          </Alert>
        );
      })}
    </section>
  );
}
