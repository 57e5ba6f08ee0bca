"use client";

import { useTranslations } from "next-intl";
import { Fragment, type ReactNode, useState } from "react";
import type { ActionResult } from "@/components/forms/action-result";
import { ProblemAlert } from "@/components/forms/problem-alert";
import { useAction } from "@/components/forms/use-action";
import { Button } from "@/components/ui/button";

export type More = { rows: ReactNode; nextCursor: string | null };
type Props = {
  label: string;
  /** The rows that the page came with, as list items. */
  children: ReactNode;
  cursor: string | null;
  more: (cursor: string) => Promise<ActionResult<More>>;
};

/** A list that grows at its end: the server draws the further rows as it drew the first. */
export function LoadMore({ label, children, cursor, more }: Props) {
  const t = useTranslations("common");
  const [pages, setPages] = useState<{ key: string; rows: ReactNode }[]>([]);
  const [next, setNext] = useState(cursor);
  const { run, busy, problem } = useAction(more);
  const load = async () => {
    if (next === null) return;
    const result = await run(next);
    if (!result.ok) return;
    setPages((shown) => [...shown, { key: next, rows: result.value.rows }]);
    setNext(result.value.nextCursor);
  };
  return (
    <>
      <ul aria-label={label} className="divide-y">
        {children}
        {pages.map(({ key, rows }) => (
          <Fragment key={key}>{rows}</Fragment>
        ))}
      </ul>
      <ProblemAlert problem={problem} className="mx-5 mb-4 sm:mx-6" />
      {next ? (
        <div className="flex justify-center border-t p-4">
          <Button busy={busy} onClick={load}>
            {t("more")}
          </Button>
        </div>
      ) : null}
    </>
  );
}
