"use client";

import { useFormatter } from "next-intl";
import { Bar, BarChart, CartesianGrid, ResponsiveContainer, Tooltip, XAxis, YAxis } from "recharts";
import { axisTicks } from "@/components/charts/axis-ticks";
import type { DayCount } from "./every-day";

const tick = { fill: "var(--ink-faint)", fontSize: 12 };
const noon = (day: string) => new Date(`${day}T12:00:00Z`);

/** One bar for each day. */
export function UsagePlot({ days }: { days: DayCount[] }) {
  const format = useFormatter();
  const ticks = axisTicks(0, Math.max(...days.map((day) => day.quantity)));
  return (
    <div className="h-52" aria-hidden>
      <ResponsiveContainer width="100%" height="100%" initialDimension={{ width: 600, height: 208 }}>
        <BarChart data={days} margin={{ top: 8, right: 0, bottom: 0, left: 0 }} accessibilityLayer={false}>
          <CartesianGrid vertical={false} stroke="var(--line)" />
          <XAxis
            dataKey="day"
            tickFormatter={(day: string) =>
              format.dateTime(noon(day), { month: "short", day: "numeric", timeZone: "UTC" })
            }
            tick={tick}
            tickLine={false}
            axisLine={false}
            minTickGap={40}
          />
          <YAxis
            domain={[0, ticks.at(-1) ?? 0]}
            ticks={ticks}
            tickFormatter={(value: number) => format.number(value, { notation: "compact", maximumFractionDigits: 1 })}
            tick={tick}
            tickLine={false}
            axisLine={false}
            width={48}
          />
          <Tooltip
            cursor={{ fill: "var(--sunken)" }}
            isAnimationActive={false}
            content={({ active, payload }) => {
              const point = payload?.[0]?.payload as DayCount | undefined;
              if (!active || !point) return null;
              return (
                <div className="rounded-lg border bg-raised px-3 py-2 text-sm shadow-depth-high">
                  <p className="text-ink-faint text-xs">
                    {format.dateTime(noon(point.day), { dateStyle: "medium", timeZone: "UTC" })}
                  </p>
                  <p className="font-medium tabular-nums">{format.number(point.quantity)}</p>
                </div>
              );
            }}
          />
          <Bar dataKey="quantity" fill="var(--keel)" radius={[4, 4, 0, 0]} isAnimationActive={false} maxBarSize={28} />
        </BarChart>
      </ResponsiveContainer>
    </div>
  );
}
