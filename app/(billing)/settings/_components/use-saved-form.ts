"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import type { ActionResult } from "@/components/forms/action-result";
import { useAction } from "@/components/forms/use-action";

/** The values of a form and their way to the server; the page around it is refreshed once they are saved. */
export function useSavedForm<V, T>(initial: V, save: (values: V) => Promise<ActionResult<T>>) {
  const [values, setValues] = useState(initial);
  const [saved, setSaved] = useState(false);
  const router = useRouter();
  const { run, busy, problem } = useAction(save);
  const set = (part: Partial<V>) => {
    setSaved(false);
    setValues((before) => ({ ...before, ...part }));
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const { ok } = await run(values);
    setSaved(ok);
    if (ok) router.refresh();
  };
  return { values, set, submit, busy, problem, saved };
}
