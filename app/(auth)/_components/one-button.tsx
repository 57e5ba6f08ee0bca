"use client";

import type { ActionResult } from "@/components/forms/action-result";
import { ProblemAlert } from "@/components/forms/problem-alert";
import { useAction } from "@/components/forms/use-action";
import { Button } from "@/components/ui/button";

type Props = { label: string; action: () => Promise<ActionResult>; target: string };

/** What a mailed link leads to is done by a press of this button, not by opening the page: programs that scan mails open pages. */
export function OneButton({ label, action, target }: Props) {
  const { run, busy, problem } = useAction(action);
  const press = async () => {
    const result = await run();
    // A whole load: nothing of the page before is kept for the person who came in.
    if (result.ok) window.location.assign(target);
  };
  return (
    <div className="flex flex-col gap-4">
      <ProblemAlert problem={problem} />
      <Button tone="primary" size="large" busy={busy} onClick={press}>
        {label}
      </Button>
    </div>
  );
}
