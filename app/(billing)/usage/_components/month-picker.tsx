import { useFormatter, useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { Select } from "@/components/ui/select";
import type { Period } from "@/lib/usage/periods";
import type { UsageMonth } from "@/lib/usage/queries";
import { monthKey } from "../chosen-month";

type Props = { months: UsageMonth[]; shown: UsageMonth; timeZone: string };

/** A form that asks for the page again: works before any script has loaded. */
export function MonthPicker({ months, shown, timeZone }: Props) {
  const t = useTranslations("usage");
  const format = useFormatter();
  if (months.length < 2) return null;
  const range = ({ start, end }: Period) => format.dateTimeRange(start, end, { dateStyle: "medium", timeZone });
  // Its year is plain, and the line is long.
  const running = ({ start, end }: Period) =>
    format.dateTimeRange(start, end, { month: "short", day: "numeric", timeZone });
  return (
    <form className="flex items-end gap-2">
      <div className="flex flex-col gap-1.5">
        <label htmlFor="month" className="font-medium text-sm">
          {t("month")}
        </label>
        <Select id="month" name="month" key={monthKey(shown)} defaultValue={monthKey(shown)}>
          {months.map((month, index) => (
            <option key={monthKey(month)} value={monthKey(month)}>
              {index === 0 ? t("running", { range: running(month.period) }) : range(month.period)}
            </option>
          ))}
        </Select>
      </div>
      <Button type="submit">{t("show")}</Button>
    </form>
  );
}
