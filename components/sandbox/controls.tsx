"use client";

import dynamic from "next/dynamic";
import type { ActionResult } from "@/components/forms/action-result";

// Of their own, so that where nothing is a rehearsal nobody loads them. They are there once they are awake, and not before: what is
// typed into a field that React makes anew would be lost.
const TimeControls = dynamic(() => import("./time-controls").then((m) => m.TimeControls), { ssr: false });
const SpendControl = dynamic(() => import("./spend-control").then((m) => m.SpendControl), { ssr: false });

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
