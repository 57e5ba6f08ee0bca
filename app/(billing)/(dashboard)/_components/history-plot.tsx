"use client";

import { useFormatter, useLocale, useTranslations } from "next-intl";
import { Area, AreaChart, CartesianGrid, ReferenceLine, ResponsiveContainer, Tooltip, XAxis, YAxis } from "recharts";
import { axisTicks } from "@/components/charts/axis-ticks";
import { compactMoney } from "@/components/charts/compact-money";
import { formatMoney } from "@/lib/money/amount";
import type { Currency } from "@/lib/money/currency";
import { type Minor, toMinor } from "@/lib/money/minor";

type Props = {
  points: { at: number; balanceMinor: Minor }[];
  minMinor: Minor | null;
  targetMinor: Minor | null;
  currency: Currency;
  timeZone: string;
};

const TWO_DAYS_MS = 2 * 86_400_000;
// With a rim of the ground, to be read where the balance passes behind it.
const lineLabel = {
  position: "insideTopRight" as const,
  fontSize: 12,
  stroke: "var(--surface)",
  strokeWidth: 4,
  paintOrder: "stroke",
};
const tick = { fill: "var(--ink-faint)", fontSize: 12 };

/** Steps, not slopes: a balance stays where it is until the next entry. */
export function HistoryPlot({ points, minMinor, targetMinor, currency, timeZone }: Props) {
  const t = useTranslations("history");
  const locale = useLocale();
  const format = useFormatter();
  const span = (points.at(-1)?.at ?? 0) - (points[0]?.at ?? 0);
  const tickOf = (at: number) =>
    format.dateTime(at, {
      ...(span < TWO_DAYS_MS ? { hour: "numeric", minute: "2-digit" } : { month: "short", day: "numeric" }),
      timeZone,
    });
  const levels = [0, targetMinor ?? 0, ...points.map((point) => point.balanceMinor)];
  const ticks = axisTicks(Math.min(...levels), Math.max(...levels));
  const lines = [
    { key: "minimum" as const, at: minMinor, colour: "var(--brass)" },
    { key: "target" as const, at: targetMinor, colour: "var(--starboard)" },
  ];
  return (
    <div className="h-60" aria-hidden>
      <ResponsiveContainer width="100%" height="100%" initialDimension={{ width: 600, height: 240 }}>
        <AreaChart data={points} margin={{ top: 12, right: 24, bottom: 0, left: 4 }} accessibilityLayer={false}>
          <CartesianGrid vertical={false} stroke="var(--line)" />
          <XAxis
            dataKey="at"
            type="number"
            scale="time"
            domain={["dataMin", "dataMax"]}
            tickFormatter={tickOf}
            tick={tick}
            tickLine={false}
            axisLine={false}
            minTickGap={48}
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
            cursor={{ stroke: "var(--line-strong)" }}
            isAnimationActive={false}
            content={({ active, payload }) => {
              const point = payload?.[0]?.payload as Props["points"][number] | undefined;
              if (!active || !point) return null;
              return (
                <div className="rounded-lg border bg-raised px-3 py-2 text-sm shadow-depth-high">
                  <p className="text-ink-faint text-xs">
                    {format.dateTime(point.at, { dateStyle: "medium", timeStyle: "short", timeZone })}
                  </p>
                  <p className="font-medium tabular-nums">
                    {formatMoney(toMinor(point.balanceMinor), currency, locale)}
                  </p>
                </div>
              );
            }}
          />
          <Area
            type="stepAfter"
            dataKey="balanceMinor"
            stroke="var(--keel)"
            strokeWidth={2}
            fill="var(--keel-wash)"
            isAnimationActive={false}
            dot={false}
          />
          {lines.map((line) =>
            line.at === null ? null : (
              <ReferenceLine
                key={line.key}
                y={line.at}
                stroke={line.colour}
                strokeDasharray="5 4"
                label={{ ...lineLabel, value: t(line.key), fill: line.colour }}
              />
            ),
          )}
        </AreaChart>
      </ResponsiveContainer>
    </div>
  );
}
