import { useLocale, useTranslations } from "next-intl";
import { cn } from "@/components/ui/class-names";
import { formatMoney } from "@/lib/money/amount";
import type { Currency } from "@/lib/money/currency";
import { type Minor, ZERO } from "@/lib/money/minor";
import { levelScale } from "./level-scale";

type Props = { balanceMinor: Minor; minMinor: Minor | null; targetMinor: Minor | null; currency: Currency };

/** The balance as a level between zero, the minimum and the target. */
export function LevelGauge({ balanceMinor, minMinor, targetMinor, currency }: Props) {
  const t = useTranslations("balance.gauge");
  const locale = useLocale();
  const scale = levelScale({ balanceMinor, minMinor, targetMinor });
  const low = minMinor !== null ? balanceMinor < minMinor : balanceMinor <= 0;
  const marks = [
    { key: "zero" as const, at: scale.zero, amountMinor: ZERO },
    ...(minMinor !== null && scale.min !== null ? [{ key: "minimum" as const, at: scale.min, amountMinor: minMinor }] : []),
    ...(targetMinor !== null && scale.target !== null ? [{ key: "target" as const, at: scale.target, amountMinor: targetMinor }] : []),
  ];
  const money = (amountMinor: Minor) => formatMoney(amountMinor, currency, locale);
  return (
    <figure aria-label={t("label", { balance: money(balanceMinor) })} className="select-none">
      <div className="relative h-3 overflow-hidden rounded-full bg-sunken ring-1 ring-line ring-inset">
        <div
          className={cn("absolute inset-y-0 transition-[left,width] duration-500", low ? "bg-brass" : "bg-keel", balanceMinor < 0 && "bg-port")}
          style={{ left: `${Math.min(scale.zero, scale.balance)}%`, width: `${Math.abs(scale.balance - scale.zero)}%` }}
        />
        {marks.map((mark) => (
          <span key={mark.key} className="absolute inset-y-0 w-0.5 -translate-x-1/2 bg-ink/70" style={{ left: `${mark.at}%` }} />
        ))}
      </div>
      <figcaption className="relative mt-1.5 flex flex-wrap justify-between gap-x-4 text-ink-faint text-xs tabular-nums">
        {marks.map((mark) => (
          <span key={mark.key}>
            {t(mark.key)} <span className="whitespace-nowrap">{mark.key === "zero" ? "" : money(mark.amountMinor)}</span>
          </span>
        ))}
      </figcaption>
    </figure>
  );
}
