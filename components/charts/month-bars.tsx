"use client";

import { afterPage } from "@/components/ui/after-page";
import { Skeleton } from "@/components/ui/skeleton";

/** Recharts is large: it comes after the page, in the browser only. */
export const MonthBars = afterPage(
  () => import("./month-bars-plot").then((m) => m.MonthBarsPlot),
  <Skeleton className="h-56" />,
);
