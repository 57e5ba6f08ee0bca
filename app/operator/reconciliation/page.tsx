import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { PageHeader } from "@/components/layout/page-header";
import { ZoneNote } from "@/components/time/zone-note";
import { requireOperator } from "@/lib/auth/gate";
import { now } from "@/lib/clock";
import { listSigned, monthBefore, monthReport, monthState } from "@/lib/reconciliation/months";
import { listClosed, listOpen, listRuns } from "@/lib/reconciliation/queries";
import { ClosedCard } from "./_components/closed-card";
import { CompareButton } from "./_components/compare-button";
import { MonthCard } from "./_components/month-card";
import { OpenCard } from "./_components/open-card";
import { RunsCard } from "./_components/runs-card";
import { SignedCard } from "./_components/signed-card";
import { compareAction, explainAction, signOffAction } from "./actions";

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("reconciliation"))("title"),
});

const CLOSED_SHOWN = 20;

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function ReconciliationPage({ searchParams }: Props) {
  await requireOperator();
  const month = monthBefore(now());
  // All of a month's movements are asked for at Stripe: only when somebody wants to see them.
  const wantsFigures = "figures" in (await searchParams);
  const [t, open, runs, closed, signed, state] = await Promise.all([
    getTranslations("reconciliation"),
    listOpen(),
    listRuns(),
    listClosed(CLOSED_SHOWN),
    listSigned(),
    monthState(month),
  ]);
  const isSigned = signed.some((one) => one.month === month);
  const report = wantsFigures && !isSigned ? await monthReport(month) : null;
  return (
    <>
      <PageHeader title={t("title")} hint={t("hint")} action={<CompareButton compare={compareAction} />} />
      <div className="flex flex-col gap-5">
        <OpenCard rows={open} explain={explainAction} />
        {isSigned ? null : <MonthCard state={state} figures={report?.figures ?? null} signOff={signOffAction} />}
        <RunsCard runs={runs} />
        {signed.length > 0 ? <SignedCard months={signed} /> : null}
        {closed.length > 0 ? <ClosedCard rows={closed} /> : null}
      </div>
      <ZoneNote timeZone="UTC" />
    </>
  );
}
