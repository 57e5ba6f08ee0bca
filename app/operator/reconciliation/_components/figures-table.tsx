import { useTranslations } from "next-intl";
import { Money } from "@/components/money/money";
import { Table, Td, Th } from "@/components/ui/table";
import type { MonthFigures } from "@/db/schema/reconciliation";
import { toCurrency } from "@/lib/money/currency";
import { toMinor } from "@/lib/money/minor";

const ACCOUNTS = [
  "prepaid",
  "stripe",
  "fee_revenue",
  "usage_revenue",
  "invoice_revenue",
  "tax_payable",
  "adjustments",
  "disputed",
] as const;

/** What moved at Stripe and in the ledger, by currency. Stripe's kinds are shown as Stripe names them. */
export function FiguresTable({ figures, label }: { figures: MonthFigures; label: string }) {
  const t = useTranslations("reconciliation");
  const accounts = useTranslations("reconciliation.accounts");
  const nameOf = (side: "stripe" | "ledger", name: string) => {
    const account = side === "ledger" ? ACCOUNTS.find((one) => one === name) : undefined;
    return account ? accounts(account) : name.replaceAll("_", " ");
  };
  return (
    <Table label={label}>
      <thead>
        <tr>
          <Th>{t("figures.currency")}</Th>
          <Th>{t("figures.side")}</Th>
          <Th>{t("figures.what")}</Th>
          <Th className="text-right">{t("figures.moved")}</Th>
        </tr>
      </thead>
      <tbody>
        {Object.entries(figures).flatMap(([currency, sides]) =>
          (["stripe", "ledger"] as const).flatMap((side) =>
            Object.entries(sides[side]).map(([name, minor]) => (
              <tr key={`${currency} ${side} ${name}`}>
                <Td>{currency}</Td>
                <Td>{t(`figures.${side}`)}</Td>
                <Td>{nameOf(side, name)}</Td>
                <Td className="text-right">
                  <Money amountMinor={toMinor(minor)} currency={toCurrency(currency)} />
                </Td>
              </tr>
            )),
          ),
        )}
      </tbody>
    </Table>
  );
}
