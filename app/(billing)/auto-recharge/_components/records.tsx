"use client";

import { useTranslations } from "next-intl";
import { ProblemAlert } from "@/components/forms/problem-alert";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Tabs } from "@/components/ui/tabs";
import type { Currency } from "@/lib/money/currency";
import type { Page } from "@/lib/paging";
import type { Attempt, Decision } from "@/lib/recharge/types";
import { AttemptList } from "./attempt-list";
import { DecisionList } from "./decision-list";
import { type LoadOlder, useOlderRows } from "./use-older-rows";

type Props = {
  attempts: Page<Attempt>;
  olderAttempts: LoadOlder<Attempt>;
  decisions: Page<Decision>;
  olderDecisions: LoadOlder<Decision>;
  /** Payment methods by id. */
  names: Record<string, string>;
  currency: Currency;
  timeZone: string;
};

const attemptId = (attempt: Attempt) => attempt.attemptId;
const decisionId = (decision: Decision) => decision.decisionId;

/** What was charged, and why or why not: the newest first, older ones when asked for. */
export function Records({ attempts, olderAttempts, decisions, olderDecisions, names, currency, timeZone }: Props) {
  const t = useTranslations("recharge");
  const charges = useOlderRows(attempts, attemptId, olderAttempts);
  const reasons = useOlderRows(decisions, decisionId, olderDecisions);
  return (
    <Card aria-label={t("records")}>
      <Tabs
        label={t("records")}
        tabs={[
          {
            value: "history",
            label: t("historyTab"),
            content: (
              <>
                <AttemptList attempts={charges.rows} names={names} timeZone={timeZone} />
                <Older list={charges} />
              </>
            ),
          },
          {
            value: "why",
            label: t("whyTab"),
            content: (
              <>
                <DecisionList decisions={reasons.rows} currency={currency} timeZone={timeZone} />
                <Older list={reasons} />
              </>
            ),
          },
        ]}
      />
    </Card>
  );
}

type OlderList = Pick<ReturnType<typeof useOlderRows>, "hasMore" | "more" | "busy" | "problem">;

function Older({ list: { hasMore, more, busy, problem } }: { list: OlderList }) {
  const t = useTranslations("recharge");
  if (!hasMore) return null;
  return (
    <div className="flex flex-col items-center gap-3 border-t px-5 py-4">
      <ProblemAlert problem={problem} />
      <Button onClick={more} busy={busy}>
        {t("older")}
      </Button>
    </div>
  );
}
