"use client";

import dynamic from "next/dynamic";
import { Skeleton } from "@/components/ui/skeleton";

/** Recharts is large: it comes after the page, in the browser only. */
export const SpendChart = dynamic(() => import("./spend-plot").then((m) => m.SpendPlot), {
  ssr: false,
  loading: () => <Skeleton className="h-56" />,
});
