"use client";

import { lazy, Suspense } from "react";
import type { ActionResult } from "@/components/forms/action-result";

// Of their own, so that where nothing is a rehearsal nobody loads them.
const TimeControls = lazy(() => import("./time-controls").then((m) => ({ default: m.TimeControls })));
const SpendControl = lazy(() => import("./spend-control").then((m) => ({ default: m.SpendControl })));

type Props = {
  moveClock: ((by: string) => Promise<ActionResult>) | undefined;
  spend: ((typed: string) => Promise<ActionResult>) | undefined;
};

export const SandboxControls = ({ moveClock, spend }: Props) => (
  <Suspense fallback={null}>
    {moveClock ? <TimeControls moveClock={moveClock} /> : null}
    {spend ? <SpendControl spend={spend} /> : null}
  </Suspense>
);
