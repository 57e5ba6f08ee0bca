import { useLocale } from "next-intl";
import { cn } from "@/components/ui/class-names";
import { formatMoney } from "@/lib/money/amount";
import type { Currency } from "@/lib/money/currency";
import type { Minor } from "@/lib/money/minor";

type Props = { amountMinor: Minor; currency: Currency; signed?: boolean; className?: string; "data-testid"?: string };

/** An amount with digits of equal width; `signed` shows a plus as well and colours money that came in. */
export function Money({ amountMinor, currency, signed, className, ...rest }: Props) {
  const text = formatMoney(amountMinor, currency, useLocale());
  return (
    <span
      className={cn("whitespace-nowrap tabular-nums", signed && amountMinor > 0 && "text-starboard", className)}
      {...rest}
    >
      {signed && amountMinor > 0 ? `+${text}` : text}
    </span>
  );
}
