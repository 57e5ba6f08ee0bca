"use client";

import { useLocale } from "next-intl";
import type { ComponentProps } from "react";
import { Input } from "@/components/ui/input";
import type { Currency } from "@/lib/money/currency";
import { currencySymbol } from "./symbol";

type Props = Omit<ComponentProps<typeof Input>, "prefix" | "onChange" | "value"> & {
  currency: Currency;
  value: string;
  onValue: (typed: string) => void;
};

/** An amount in major units, kept as it was typed; reading it is `typed-amount`'s work. */
export function MoneyInput({ currency, onValue, className, ...props }: Props) {
  const symbol = currencySymbol(currency, useLocale());
  return (
    <Input
      inputMode="decimal"
      autoComplete="off"
      prefix={symbol.length <= 2 ? symbol : undefined}
      unit={symbol.length > 2 ? symbol : undefined}
      onChange={(event) => onValue(event.target.value)}
      className={`tabular-nums ${className ?? ""}`}
      {...props}
    />
  );
}
