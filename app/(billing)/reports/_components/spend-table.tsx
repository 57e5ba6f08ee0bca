import { useFormatter, useTranslations } from "next-intl";
import { Money } from "@/components/money/money";
import { cn } from "@/components/ui/class-names";
import { Table, Td, Th } from "@/components/ui/table";
import type { Currency } from "@/lib/money/currency";
import { type Minor, ZERO } from "@/lib/money/minor";
import type { Bucket } from "@/lib/transactions/summary";

type Props = { months: Bucket[]; currency: Currency; timeZone: string };

const COLUMNS = ["payments", "refunds", "adjustments", "fees", "net"] as const;

const amountsOf = ({ types, total }: Bucket): Record<(typeof COLUMNS)[number], Minor> => ({
  payments: types.payment?.amountMinor ?? ZERO,
  refunds: types.refund?.amountMinor ?? ZERO,
  adjustments: types.adjustment?.amountMinor ?? ZERO,
  fees: total.feeMinor,
  net: total.netMinor,
});

/** Newest first: the month that runs is what is looked for. */
export function SpendTable({ months, currency, timeZone }: Props) {
  const t = useTranslations("reports");
  const format = useFormatter();
  return (
    <Table label={t("spend")}>
      <thead>
        <tr>
          <Th>{t("month")}</Th>
          <Th className="text-right">{t("count")}</Th>
          {COLUMNS.map((column) => (
            <Th key={column} className="text-right">
              {t(column)}
            </Th>
          ))}
        </tr>
      </thead>
      <tbody>
        {months.toReversed().map((month) => {
          const amounts = amountsOf(month);
          return (
            <tr key={month.start.getTime()}>
              <th scope="row" className="whitespace-nowrap border-b py-3 pr-3 pl-5 text-left font-medium sm:pl-6">
                {format.dateTime(month.start, { month: "long", year: "numeric", timeZone })}
              </th>
              <Td className={cn("text-right tabular-nums", month.total.count === 0 && "text-ink-faint")}>
                {format.number(month.total.count)}
              </Td>
              {COLUMNS.map((column) => (
                <Td
                  key={column}
                  className={cn(
                    "text-right",
                    column === "net" && "font-medium",
                    amounts[column] === 0 && "text-ink-faint",
                  )}
                >
                  <Money amountMinor={amounts[column]} currency={currency} />
                </Td>
              ))}
            </tr>
          );
        })}
      </tbody>
    </Table>
  );
}
