"use client";

import type { ActionResult } from "@/components/forms/action-result";
import { afterPage } from "@/components/ui/after-page";

// Of their own, so that where nothing is a rehearsal nobody loads them. They are there once they are awake, and not before: what is
// typed into a field that React makes anew would be lost.
const TimeControls = afterPage(() => import("./time-controls").then((m) => m.TimeControls), null);
const SpendControl = afterPage(() => import("./spend-control").then((m) => m.SpendControl), null);

type Props = {
  moveClock: ((by: string) => Promise<ActionResult>) | undefined;
  spend: ((typed: string) => Promise<ActionResult>) | undefined;
};

export const SandboxControls = ({ moveClock, spend }: Props) => (
  <>
    {moveClock ? <TimeControls moveClock={moveClock} /> : null}
    {spend ? <SpendControl spend={spend} /> : null}
  </>
);
