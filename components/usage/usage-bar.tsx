import { useFormatter, useTranslations } from "next-intl";
import { cn } from "@/components/ui/class-names";
import type { Metric } from "@/lib/plans/types";

type Props = { metric: Metric; used: number; included: number | null };

const NEARLY_USED = 0.8;

/** How much of a metric's quota is used, in words and as a bar. */
export function UsageBar({ metric, used, included }: Props) {
  const t = useTranslations("usage");
  const name = useTranslations("metrics")(metric);
  const format = useFormatter();
  const share = included === null ? 0 : included === 0 ? 1 : used / included;
  const colour = share >= 1 ? "bg-port" : share >= NEARLY_USED ? "bg-brass" : "bg-keel";
  const text =
    included === null
      ? t("usedUnlimited", { used: format.number(used) })
      : t("usedOf", { used: format.number(used), included: format.number(included) });
  return (
    <div>
      <p className="flex flex-wrap items-baseline justify-between gap-x-3 text-sm">
        <span className="inline-block font-medium first-letter:uppercase">{name}</span>
        <span className="text-ink-soft tabular-nums">{text}</span>
      </p>
      {included === null ? null : (
        // biome-ignore lint/a11y/useSemanticElements: a meter element cannot be dressed alike in all browsers
        <div
          role="meter"
          aria-label={name}
          aria-valuemin={0}
          aria-valuemax={included}
          aria-valuenow={Math.min(used, included)}
          aria-valuetext={text}
          className="mt-1.5 h-2 overflow-hidden rounded-full bg-sunken ring-1 ring-line-strong ring-inset"
        >
          <div className={cn("h-full rounded-full", colour)} style={{ width: `${Math.min(100, share * 100)}%` }} />
        </div>
      )}
    </div>
  );
}
