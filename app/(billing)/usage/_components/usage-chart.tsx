"use client";

import { afterPage } from "@/components/ui/after-page";
import { Skeleton } from "@/components/ui/skeleton";

/** Recharts is large: it comes after the page, in the browser only. */
export const UsageChart = afterPage(
  () => import("./usage-plot").then((m) => m.UsagePlot),
  <Skeleton className="h-52" />,
);
