"use client";

import { useFormatter, useLocale } from "next-intl";
import { Bar, BarChart, CartesianGrid, ResponsiveContainer, Tooltip, XAxis, YAxis } from "recharts";
import { formatMoney } from "@/lib/money/amount";
import type { Currency } from "@/lib/money/currency";
import { toMinor } from "@/lib/money/minor";
import { axisTicks } from "./axis-ticks";
import { compactMoney } from "./compact-money";

/** `minor`: money in minor units. */
export type MonthBar = { at: number; minor: number };
type Props = { months: MonthBar[]; currency: Currency; timeZone: string };

const tick = { fill: "var(--ink-faint)", fontSize: 12 };

/** One bar for each month; what is below zero hangs. */
export function MonthBarsPlot({ months, currency, timeZone }: Props) {
  const locale = useLocale();
  const format = useFormatter();
  const levels = [0, ...months.map((month) => month.minor)];
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
              const point = payload?.[0]?.payload as MonthBar | undefined;
              if (!active || !point) return null;
              return (
                <div className="rounded-lg border bg-raised px-3 py-2 text-sm shadow-depth-high">
                  <p className="text-ink-faint text-xs">
                    {format.dateTime(point.at, { month: "long", year: "numeric", timeZone })}
                  </p>
                  <p className="font-medium tabular-nums">{formatMoney(toMinor(point.minor), currency, locale)}</p>
                </div>
              );
            }}
          />
          <Bar dataKey="minor" fill="var(--keel)" radius={[4, 4, 0, 0]} isAnimationActive={false} maxBarSize={40} />
        </BarChart>
      </ResponsiveContainer>
    </div>
  );
}
