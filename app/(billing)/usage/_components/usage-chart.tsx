"use client";

import dynamic from "next/dynamic";
import { Skeleton } from "@/components/ui/skeleton";

/** Recharts is large: it comes after the page, in the browser only. */
export const UsageChart = dynamic(() => import("./usage-plot").then((m) => m.UsagePlot), {
  ssr: false,
  loading: () => <Skeleton className="h-52" />,
});
