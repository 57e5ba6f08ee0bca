import Link from "next/link";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { type Asked, isFiltered, STATUSES, TYPES } from "../../filter";

/** A form that asks for the page again: its address is the filter, to be kept and passed on. */
export function FilterForm({ asked }: { asked: Asked }) {
  const t = useTranslations("transactions");
  const label = "font-medium text-sm";
  const field = "flex min-w-0 flex-col gap-1.5";
  return (
    <search aria-label={t("filter.label")}>
      <form className="grid grid-cols-2 items-end gap-3 md:grid-cols-6 xl:grid-cols-[repeat(2,minmax(0,1fr))_repeat(2,9.5rem)_minmax(0,1.4fr)_auto]">
        {asked.period === "month" ? null : <input type="hidden" name="period" value={asked.period} />}
        <div className={field}>
          <label htmlFor="type" className={label}>
            {t("filter.type")}
          </label>
          <Select id="type" name="type" defaultValue={asked.type ?? ""}>
            <option value="">{t("filter.all")}</option>
            {TYPES.map((type) => (
              <option key={type} value={type}>
                {t(`types.${type}`)}
              </option>
            ))}
          </Select>
        </div>
        <div className={field}>
          <label htmlFor="status" className={label}>
            {t("filter.status")}
          </label>
          <Select id="status" name="status" defaultValue={asked.status ?? ""}>
            <option value="">{t("filter.all")}</option>
            {STATUSES.map((status) => (
              <option key={status} value={status}>
                {t(`statuses.${status}`)}
              </option>
            ))}
          </Select>
        </div>
        {(["from", "to"] as const).map((name) => (
          <div key={name} className={field}>
            <label htmlFor={name} className={label}>
              {t(`filter.${name}`)}
            </label>
            <Input id={name} name={name} type="date" defaultValue={asked[name] ?? ""} />
          </div>
        ))}
        <div className={`${field} col-span-2 xl:col-span-1`}>
          <label htmlFor="q" className={label}>
            {t("filter.search")}
          </label>
          <Input
            id="q"
            name="q"
            type="search"
            maxLength={200}
            placeholder={t("filter.searchHint")}
            defaultValue={asked.q ?? ""}
          />
        </div>
        <div className="col-span-2 flex gap-2 md:col-span-6 xl:col-span-1">
          <Button type="submit" tone="primary">
            {t("filter.apply")}
          </Button>
          {isFiltered(asked) ? (
            <Button asChild tone="plain">
              <Link href="/transactions">{t("filter.clear")}</Link>
            </Button>
          ) : null}
        </div>
      </form>
    </search>
  );
}
