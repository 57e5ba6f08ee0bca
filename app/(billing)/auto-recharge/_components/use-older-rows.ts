import { useEffect, useState } from "react";
import type { ActionResult } from "@/components/forms/action-result";
import { useAction } from "@/components/forms/use-action";
import type { Page } from "@/lib/paging";

/** Reads the page of a list that follows a cursor. */
export type LoadOlder<T> = (cursor: string) => Promise<ActionResult<Page<T>>>;

/** Rows of both, newest first, each once as `newer` has it. Ids are ordered by time. */
export function mergeRows<T>(newer: T[], older: T[], idOf: (row: T) => string): T[] {
  const rows = new Map([...older, ...newer].map((row) => [idOf(row), row]));
  return [...rows.values()].sort((a, b) => (idOf(a) < idOf(b) ? 1 : -1));
}

/**
 * A list that begins with the page read by the server, which is read again every few seconds, and goes on with the pages that were
 * asked for. What newer rows push off the first page stays.
 */
export function useOlderRows<T>(first: Page<T>, idOf: (row: T) => string, load: LoadOlder<T>) {
  const [kept, setKept] = useState<Page<T> | null>(null);
  const { run, busy, problem } = useAction(load);
  useEffect(() => {
    setKept((known) => known && { ...known, data: mergeRows(first.data, known.data, idOf) });
  }, [first, idOf]);
  const { nextCursor } = kept ?? first;
  const more = async () => {
    if (nextCursor === null) return;
    const result = await run(nextCursor);
    if (result.ok) setKept((known) => ({ ...result.value, data: [...(known ?? first).data, ...result.value.data] }));
  };
  return {
    rows: kept ? mergeRows(first.data, kept.data, idOf) : first.data,
    hasMore: nextCursor !== null,
    more,
    busy,
    problem,
  };
}
