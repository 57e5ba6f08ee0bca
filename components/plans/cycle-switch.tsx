import Link from "next/link";
import { useTranslations } from "next-intl";
import type { BillingCycle } from "@/lib/plans/types";

const CYCLES: readonly BillingCycle[] = ["monthly", "yearly"];

type Props = { cycle: BillingCycle; path: string };

/** Monthly or yearly prices: two links, so that it works before any script has loaded. */
export function CycleSwitch({ cycle, path }: Props) {
  const t = useTranslations("plans");
  return (
    <nav aria-label={t("cycleLabel")} className="flex flex-wrap items-center gap-3">
      <ul className="inline-flex rounded-xl border bg-sunken p-1">
        {CYCLES.map((each) => (
          <li key={each}>
            <Link
              href={`${path}?cycle=${each}`}
              scroll={false}
              aria-current={each === cycle ? "true" : undefined}
              className="block rounded-lg px-4 py-1.5 font-medium text-ink-soft text-sm hover:text-ink aria-[current=true]:bg-surface aria-[current=true]:text-keel-deep aria-[current=true]:shadow-depth"
            >
              {t(each)}
            </Link>
          </li>
        ))}
      </ul>
      <span className="text-ink-faint text-sm">{t("yearlyFree")}</span>
    </nav>
  );
}
