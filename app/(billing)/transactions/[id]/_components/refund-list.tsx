import { useTranslations } from "next-intl";
import { Money } from "@/components/money/money";
import { DateTime } from "@/components/time/date-time";
import { Badge, type Tone } from "@/components/ui/badge";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import type { RefundOf, Transaction } from "@/lib/transactions/queries";

const TONES: Record<RefundOf["state"], Tone> = {
  started: "keel",
  pending: "keel",
  unknown: "warn",
  succeeded: "good",
  failed: "bad",
  canceled: "neutral",
};

type Props = { transaction: Transaction & { refunds: RefundOf[] }; timeZone: string };

export function RefundList({ transaction, timeZone }: Props) {
  const t = useTranslations("transactions");
  const { refunds, currency } = transaction;
  return (
    <Card aria-labelledby="refunds-title">
      <CardHeader id="refunds-title" title={t("detail.refunds")} />
      {refunds.length === 0 ? (
        <CardBody className="text-ink-soft text-sm">{t("detail.noRefunds")}</CardBody>
      ) : (
        <ul className="mt-2 divide-y pb-2 text-sm">
          {refunds.map((refund) => (
            <li key={refund.refundId} className="px-5 py-3.5 sm:px-6">
              <p className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
                <span className="flex flex-wrap items-center gap-3">
                  <Badge tone={TONES[refund.state]}>{t(`refundStates.${refund.state}`)}</Badge>
                  <DateTime at={refund.createdAt} timeZone={timeZone} className="text-ink-faint" />
                </span>
                <Money amountMinor={refund.amountMinor} currency={currency} className="font-medium" />
              </p>
              {refund.feeMinor === 0 ? null : (
                <p className="mt-1 flex justify-between gap-4 text-ink-faint">
                  <span>{t("refund.feeShare")}</span>
                  <Money amountMinor={refund.feeMinor} currency={currency} />
                </p>
              )}
              {refund.reason ? <p className="mt-1 text-ink-soft">{refund.reason}</p> : null}
              {refund.state === "failed" ? <p className="mt-1 text-port">{t("detail.failure")}</p> : null}
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
