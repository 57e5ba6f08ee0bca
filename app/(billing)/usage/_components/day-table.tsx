import { useFormatter, useTranslations } from "next-intl";
import { Table, Td, Th } from "@/components/ui/table";

type Props = { days: { day: string; quantity: number }[]; label: string };

export function DayTable({ days, label }: Props) {
  const t = useTranslations("usage");
  const format = useFormatter();
  return (
    <Table label={label} className="mt-3">
      <thead>
        <tr>
          <Th>{t("day")}</Th>
          <Th className="text-right">{t("quantity")}</Th>
        </tr>
      </thead>
      <tbody>
        {days.map(({ day, quantity }) => (
          <tr key={day}>
            <Td>{format.dateTime(new Date(`${day}T12:00:00Z`), { dateStyle: "medium", timeZone: "UTC" })}</Td>
            <Td className="text-right tabular-nums">{format.number(quantity)}</Td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
