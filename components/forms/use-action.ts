"use client";

import { unstable_rethrow } from "next/navigation";
import { useState, useTransition } from "react";
import type { ActionResult, Problem } from "./action-result";

/**
 * Runs a server action from a component: whether it runs, what went wrong, and never an unhandled rejection when the
 * network is gone.
 */
export function useAction<A extends unknown[], T>(action: (...args: A) => Promise<ActionResult<T>>) {
  const [busy, startTransition] = useTransition();
  const [problem, setProblem] = useState<Problem | null>(null);
  const run = (...args: A): Promise<ActionResult<T>> =>
    new Promise((resolve) => {
      startTransition(async () => {
        setProblem(null);
        const result = await action(...args).catch((error: unknown): ActionResult<T> => {
          unstable_rethrow(error);
          return { ok: false, error: { code: "unreachable", fields: [] } };
        });
        if (!result.ok) setProblem(result.error);
        resolve(result);
      });
    });
  return { run, busy, problem, clear: () => setProblem(null) };
}
