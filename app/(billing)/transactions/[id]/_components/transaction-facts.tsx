import Link from "next/link";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Money } from "@/components/money/money";
import { DateTime } from "@/components/time/date-time";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import type { TransactionDetail } from "@/lib/transactions/queries";

const SOURCES = ["recharge", "invoice", "refund", "adjustment", "dispute"] as const;

/** Amounts first, then what it was for and when. */
export function TransactionFacts({ transaction, timeZone }: { transaction: TransactionDetail; timeZone: string }) {
  const t = useTranslations("transactions");
  const { currency, refundOf } = transaction;
  const source = SOURCES.find((each) => each === transaction.sourceKind) ?? "other";
  const amounts = [
    ["amount", transaction.amountMinor],
    ["fee", transaction.feeMinor],
    ["net", transaction.netMinor],
    ["refunded", transaction.refundedMinor],
  ] as const;
  const facts: [string, ReactNode][] = [
    [t("detail.type"), t(`types.${transaction.type}`)],
    [
      t("detail.source"),
      refundOf ? (
        <Link key="source" href={`/transactions/${refundOf.transactionId}`} className="underline underline-offset-4">
          {refundOf.number}
        </Link>
      ) : (
        t(`sources.${source}`)
      ),
    ],
    [t("detail.created"), <DateTime key="created" at={transaction.createdAt} timeZone={timeZone} />],
    [
      t("detail.processed"),
      transaction.processedAt ? (
        <DateTime key="processed" at={transaction.processedAt} timeZone={timeZone} />
      ) : (
        t("detail.notYet")
      ),
    ],
  ];
  if (transaction.stripePaymentIntentId)
    facts.push([
      t("detail.reference"),
      <code key="reference" className="select-all break-all font-mono text-xs">
        {transaction.stripePaymentIntentId}
      </code>,
    ]);
  return (
    <Card aria-labelledby="facts-title">
      <CardHeader id="facts-title" title={t("detail.facts")} />
      <CardBody className="flex flex-col gap-5">
        <dl className="grid grid-cols-[1fr_auto] gap-y-2 text-sm">
          {amounts
            .filter(([key, minor]) => key !== "refunded" || minor !== 0)
            .map(([key, minor]) => (
              <div key={key} className="contents">
                <dt className="text-ink-soft">{t(key)}</dt>
                <dd className={key === "amount" ? "text-right font-semibold text-base" : "text-right"}>
                  <Money amountMinor={minor} currency={currency} />
                </dd>
              </div>
            ))}
        </dl>
        <dl className="grid gap-4 border-t pt-5 text-sm sm:grid-cols-2">
          {facts.map(([name, value]) => (
            <div key={name}>
              <dt className="text-ink-faint">{name}</dt>
              <dd className="mt-0.5 font-medium">{value}</dd>
            </div>
          ))}
        </dl>
      </CardBody>
    </Card>
  );
}
