import { useLocale, useTranslations } from "next-intl";
import { cn } from "@/components/ui/class-names";
import { formatMoney } from "@/lib/money/amount";
import type { Currency } from "@/lib/money/currency";
import type { Minor } from "@/lib/money/minor";
import { levelScale } from "./level-scale";

type Props = { balanceMinor: Minor; minMinor: Minor; targetMinor: Minor; currency: Currency };

/** The balance as a level between zero, the minimum and the target. */
export function LevelGauge({ balanceMinor, minMinor, targetMinor, currency }: Props) {
  const t = useTranslations("balance.gauge");
  const locale = useLocale();
  const scale = levelScale({ balanceMinor, minMinor, targetMinor });
  const money = (amountMinor: Minor) => formatMoney(amountMinor, currency, locale);
  const level = balanceMinor < 0 ? "bg-port" : balanceMinor < minMinor ? "bg-brass" : "bg-keel";
  const marks = [
    { key: "minimum" as const, at: scale.min, amount: money(minMinor), colour: "bg-brass" },
    { key: "target" as const, at: scale.target, amount: money(targetMinor), colour: "bg-starboard" },
  ];
  return (
    <figure aria-label={t("label", { balance: money(balanceMinor) })}>
      <div className="relative">
        <div className="relative h-3 overflow-hidden rounded-full bg-sunken ring-1 ring-line-strong ring-inset">
          <div
            className={cn("absolute inset-y-0 transition-[left,width] duration-500", level)}
            style={{
              left: `${Math.min(scale.zero, scale.balance)}%`,
              width: `${Math.abs(scale.balance - scale.zero)}%`,
            }}
          />
        </div>
        {scale.zero > 0 ? (
          <span
            className="absolute -inset-y-1 w-0.5 -translate-x-1/2 rounded-full bg-ink ring-2 ring-surface"
            style={{ left: `${scale.zero}%` }}
          />
        ) : null}
        {marks.map((mark) => (
          <span
            key={mark.key}
            className={cn("absolute -inset-y-1 w-1 -translate-x-1/2 rounded-full ring-2 ring-surface", mark.colour)}
            style={{ left: `${mark.at}%` }}
          />
        ))}
      </div>
      <figcaption className="mt-3 flex flex-wrap gap-x-5 gap-y-1 text-ink-faint text-xs tabular-nums">
        {marks.map((mark) => (
          <span key={mark.key} className="inline-flex items-center gap-1.5 whitespace-nowrap">
            <span aria-hidden className={cn("h-3 w-1 rounded-full", mark.colour)} />
            {t(mark.key)} {mark.amount}
          </span>
        ))}
      </figcaption>
    </figure>
  );
}
