import { useFormatter, useTranslations } from "next-intl";
import { dayName } from "@/lib/recharge/calendar";
import type { SummaryPeriod } from "@/lib/transactions/summary";

type Props = { start: Date; period: SummaryPeriod; timeZone: string };

/** What people call the calendar period that begins at an instant: `November 2026`, `Q4 2026`. */
export function PeriodName({ start, period, timeZone }: Props) {
  const t = useTranslations("common");
  const format = useFormatter();
  switch (period) {
    case "day":
      return format.dateTime(start, { dateStyle: "full", timeZone });
    case "week":
      return t("weekOf", { date: format.dateTime(start, { dateStyle: "medium", timeZone }) });
    case "quarter": {
      const [year = "", month = "1"] = dayName(start, timeZone).split("-");
      return t("quarter", { quarter: Math.ceil(Number(month) / 3), year });
    }
    case "year":
      return format.dateTime(start, { year: "numeric", timeZone });
    default:
      return format.dateTime(start, { year: "numeric", month: "long", timeZone });
  }
}
