import { useFormatter, useLocale, useTranslations } from "next-intl";
import { LineText } from "@/components/invoices/line-text";
import { Money } from "@/components/money/money";
import { formatUnitPrice } from "@/components/money/unit-price";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { Table, Td, Th } from "@/components/ui/table";
import { creditLineOf } from "@/lib/invoices/credit-line";
import type { Invoice } from "@/lib/invoices/queries";
import { decimalsOf } from "@/lib/money/currency";
import { type Minor, negate, subtract } from "@/lib/money/minor";
import { shortDecimal } from "../../_components/saved-draft";

/** The lines and what they come to. */
export function InvoiceLines({ invoice, timeZone }: { invoice: Invoice; timeZone: string }) {
  const t = useTranslations("invoices.detail");
  const locale = useLocale();
  const format = useFormatter();
  const { currency } = invoice;
  const period = (from: Date | null, to: Date | null) =>
    from && to ? format.dateTimeRange(from, to, { dateStyle: "medium", timeZone }) : null;
  return (
    <Card aria-labelledby="lines-title">
      <CardHeader id="lines-title" title={t("lines")} className="pb-3" />
      <Table label={t("lines")}>
        <thead>
          <tr>
            <Th>{t("description")}</Th>
            <Th className="text-right">{t("quantity")}</Th>
            <Th className="text-right">{t("unit")}</Th>
            <Th className="text-right">{t("amount")}</Th>
          </tr>
        </thead>
        <tbody>
          {invoice.lines.map((line) => (
            <tr key={line.position}>
              <Td className="min-w-48">
                <LineText description={line.description} />
                <span className="block text-ink-faint text-xs">
                  {[line.isProration ? t("proration") : null, period(line.periodStart, line.periodEnd)]
                    .filter(Boolean)
                    .join(" · ")}
                </span>
              </Td>
              <Td className="text-right tabular-nums">{shortDecimal(line.quantity)}</Td>
              <Td className="whitespace-nowrap text-right tabular-nums">
                {formatUnitPrice(shortDecimal(line.unitAmount, decimalsOf(currency)), currency, locale)}
              </Td>
              <Td className="text-right">
                <Money amountMinor={line.amountMinor} currency={currency} />
              </Td>
            </tr>
          ))}
        </tbody>
      </Table>
      <CardBody>
        <Totals invoice={invoice} />
      </CardBody>
    </Card>
  );
}

function Totals({ invoice }: { invoice: Invoice }) {
  const t = useTranslations("invoices.detail");
  const format = useFormatter();
  const { currency } = invoice;
  const rate = format.number(Number(invoice.taxRate) / 100, { style: "percent", maximumFractionDigits: 4 });
  const left = subtract(invoice.amountDueMinor, invoice.amountPaidMinor);
  const rows: { key: string; label: string; minor: Minor; strong?: boolean }[] = [];
  const add = (key: string, label: string, minor: Minor, strong = false) => rows.push({ key, label, minor, strong });
  if (invoice.discountMinor !== 0 || invoice.taxMinor !== 0) add("subtotal", t("subtotal"), invoice.subtotalMinor);
  if (invoice.discountMinor !== 0) add("discount", t("discount"), negate(invoice.discountMinor));
  if (invoice.taxMinor !== 0) add("tax", t("tax", { rate }), invoice.taxMinor);
  add("total", t("total"), invoice.totalMinor, true);
  const credit = creditLineOf(invoice);
  if (credit) add("credit", t(credit), negate(invoice.fromCreditMinor));
  if (invoice.amountPaidMinor !== 0) add("paid", t("paid"), invoice.amountPaidMinor);
  if (invoice.creditedMinor !== 0) add("credited", t("credited"), invoice.creditedMinor);
  if (invoice.refundedMinor !== 0) add("given", t("given"), invoice.refundedMinor);
  if (invoice.status === "open" || invoice.status === "uncollectible") add("due", t("due"), left, true);
  return (
    <dl className="ml-auto grid w-full max-w-xs grid-cols-[1fr_auto] gap-y-2 text-sm">
      {rows.map((row) => (
        <div key={row.key} className="contents">
          <dt className={row.strong ? "font-medium" : "text-ink-soft"}>{row.label}</dt>
          <dd
            className={row.strong ? "text-right font-semibold text-base" : "text-right"}
            data-testid={`total-${row.key}`}
          >
            <Money amountMinor={row.minor} currency={currency} />
          </dd>
        </div>
      ))}
    </dl>
  );
}
