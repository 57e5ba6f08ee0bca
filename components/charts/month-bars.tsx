"use client";

import dynamic from "next/dynamic";
import { Skeleton } from "@/components/ui/skeleton";

/** Recharts is large: it comes after the page, in the browser only. */
export const MonthBars = dynamic(() => import("./month-bars-plot").then((m) => m.MonthBarsPlot), {
  ssr: false,
  loading: () => <Skeleton className="h-56" />,
});
