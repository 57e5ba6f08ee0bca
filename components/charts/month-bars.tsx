"use client";

import { Skeleton } from "@/components/ui/skeleton";
import { afterPage } from "@/components/ui/after-page";

/** Recharts is large: it comes after the page, in the browser only. */
export const MonthBars = afterPage(
  () => import("./month-bars-plot").then((m) => m.MonthBarsPlot),
  <Skeleton className="h-56" />,
);
