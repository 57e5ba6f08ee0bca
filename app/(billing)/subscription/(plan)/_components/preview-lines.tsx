"use client";

import { useFormatter, useTranslations } from "next-intl";
import { LineText } from "@/components/invoices/line-text";
import { Money } from "@/components/money/money";
import { DateTime } from "@/components/time/date-time";
import { negate } from "@/lib/money/minor";
import type { ChangePreview } from "@/lib/subscriptions/preview";

/** Every line of what is charged, the sum that is due now, and what comes next. */
export function PreviewLines({ preview, timeZone }: { preview: ChangePreview; timeZone: string }) {
  const t = useTranslations("subscription.change");
  const format = useFormatter();
  const { currency, next, trialEnd } = preview;
  const waits = preview.kind === "downgrade" && !trialEnd;
  const day = (at: Date) => <DateTime at={at} timeZone={timeZone} style="day" />;
  return (
    <div className="flex flex-col gap-4">
      <dl className="grid grid-cols-[1fr_auto] gap-y-2 text-sm [&>dd]:pl-6 [&>dd]:text-right">
        {preview.lines.map((line, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two lines may be equal, and none moves
          <div key={index} className="contents">
            <dt className="min-w-0 text-ink-soft">
              <LineText description={line.description} />
            </dt>
            <dd className="pl-6 text-right">
              <Money amountMinor={line.amountMinor} currency={currency} />
            </dd>
          </div>
        ))}
        {preview.discountMinor === 0 ? null : (
          <>
            <dt className="text-ink-soft">{t("discount")}</dt>
            <dd>
              <Money amountMinor={negate(preview.discountMinor)} currency={currency} />
            </dd>
          </>
        )}
        {preview.taxMinor === 0 ? null : (
          <>
            <dt className="text-ink-soft">{t("tax")}</dt>
            <dd data-testid="tax">
              <Money amountMinor={preview.taxMinor} currency={currency} />
            </dd>
          </>
        )}
        {preview.creditMinor === 0 ? null : (
          <>
            <dt className="text-ink-soft">{t("credit")}</dt>
            <dd>
              <Money amountMinor={negate(preview.creditMinor)} currency={currency} />
            </dd>
          </>
        )}
        <dt className="border-t pt-2.5 font-medium">{t("dueNow")}</dt>
        <dd className="border-t pt-2.5 font-semibold text-base" data-testid="due-now">
          <Money amountMinor={preview.dueNowMinor} currency={currency} />
        </dd>
        {next ? (
          <>
            <dt className="text-ink-soft">
              {t("next")} · {day(next.at)}
            </dt>
            <dd className="text-ink-soft" data-testid="next-invoice">
              <Money amountMinor={next.amountMinor} currency={currency} />
            </dd>
          </>
        ) : null}
        <dt className="text-ink-soft">{t("starts")}</dt>
        <dd className="text-ink-soft">{waits ? day(preview.startsAt) : t("startsNow")}</dd>
      </dl>
      {trialEnd ? (
        <p className="rounded-lg bg-keel-wash px-3 py-2 text-sm">
          {t("trialNote", { date: format.dateTime(trialEnd, { dateStyle: "medium", timeZone }) })}
        </p>
      ) : null}
      {waits ? (
        <p className="rounded-lg bg-sunken px-3 py-2 text-sm">
          {t("downgradeNote", { date: format.dateTime(preview.startsAt, { dateStyle: "medium", timeZone }) })}
        </p>
      ) : null}
    </div>
  );
}
