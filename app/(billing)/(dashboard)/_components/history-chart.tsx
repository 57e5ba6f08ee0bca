"use client";

import { afterPage } from "@/components/ui/after-page";
import { Skeleton } from "@/components/ui/skeleton";

/** Recharts is large: it comes after the page, in the browser only. */
export const HistoryChart = afterPage(
  () => import("./history-plot").then((m) => m.HistoryPlot),
  <Skeleton className="mx-3 h-60" />,
);
