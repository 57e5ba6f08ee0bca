"use client";

import { useFormatter, useLocale } from "next-intl";
import { Bar, BarChart, CartesianGrid, ResponsiveContainer, Tooltip, XAxis, YAxis } from "recharts";
import { axisTicks } from "@/components/charts/axis-ticks";
import { compactMoney } from "@/components/charts/compact-money";
import { formatMoney } from "@/lib/money/amount";
import type { Currency } from "@/lib/money/currency";
import { toMinor } from "@/lib/money/minor";

type Month = { at: number; netMinor: number };
type Props = { months: Month[]; currency: Currency; timeZone: string };

const tick = { fill: "var(--ink-faint)", fontSize: 12 };

/** One bar for each month; more given back than paid hangs below zero. */
export function SpendPlot({ months, currency, timeZone }: Props) {
  const locale = useLocale();
  const format = useFormatter();
  const levels = [0, ...months.map((month) => month.netMinor)];
  const ticks = axisTicks(Math.min(...levels), Math.max(...levels));
  return (
    <div className="h-56" aria-hidden>
      <ResponsiveContainer width="100%" height="100%" initialDimension={{ width: 600, height: 224 }}>
        <BarChart data={months} margin={{ top: 8, right: 0, bottom: 0, left: 0 }} accessibilityLayer={false}>
          <CartesianGrid vertical={false} stroke="var(--line)" />
          <XAxis
            dataKey="at"
            tickFormatter={(at: number) => format.dateTime(at, { month: "short", timeZone })}
            tick={tick}
            tickLine={false}
            axisLine={false}
            minTickGap={16}
          />
          <YAxis
            domain={[ticks.at(0) ?? 0, ticks.at(-1) ?? 0]}
            ticks={ticks}
            tickFormatter={(value: number) => compactMoney(value, currency, locale)}
            tick={tick}
            tickLine={false}
            axisLine={false}
            width={64}
          />
          <Tooltip
            cursor={{ fill: "var(--sunken)" }}
            isAnimationActive={false}
            content={({ active, payload }) => {
              const point = payload?.[0]?.payload as Month | undefined;
              if (!active || !point) return null;
              return (
                <div className="rounded-lg border bg-raised px-3 py-2 text-sm shadow-depth-high">
                  <p className="text-ink-faint text-xs">
                    {format.dateTime(point.at, { month: "long", year: "numeric", timeZone })}
                  </p>
                  <p className="font-medium tabular-nums">{formatMoney(toMinor(point.netMinor), currency, locale)}</p>
                </div>
              );
            }}
          />
          <Bar dataKey="netMinor" fill="var(--keel)" radius={[4, 4, 0, 0]} isAnimationActive={false} maxBarSize={40} />
        </BarChart>
      </ResponsiveContainer>
    </div>
  );
}
