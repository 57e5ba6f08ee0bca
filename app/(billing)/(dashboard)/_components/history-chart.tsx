"use client";

import dynamic from "next/dynamic";
import { Skeleton } from "@/components/ui/skeleton";

/** Recharts is large: it comes after the page, in the browser only. */
export const HistoryChart = dynamic(() => import("./history-plot").then((m) => m.HistoryPlot), {
  ssr: false,
  loading: () => <Skeleton className="mx-3 h-60" />,
});
