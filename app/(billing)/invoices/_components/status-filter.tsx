import Link from "next/link";
import { useTranslations } from "next-intl";
import type { InvoiceStatus } from "@/lib/invoices/queries";
import { STATUSES } from "../status";

export function StatusFilter({ status }: { status: InvoiceStatus | undefined }) {
  const t = useTranslations("invoices");
  return (
    <nav
      aria-label={t("filter")}
      className="scroll-hint [--scroll-ground:var(--paper)] -mx-4 mb-4 overflow-x-auto px-4 sm:mx-0 sm:px-0"
    >
      <ul className="flex gap-1.5">
        {[undefined, ...STATUSES].map((each) => (
          <li key={each ?? "all"}>
            <Link
              href={each ? `/invoices?status=${each}` : "/invoices"}
              aria-current={each === status ? "true" : undefined}
              className="block whitespace-nowrap rounded-full border px-3.5 py-1.5 text-ink-soft text-sm hover:bg-sunken aria-[current=true]:border-keel aria-[current=true]:bg-keel-wash aria-[current=true]:font-medium aria-[current=true]:text-keel-deep"
            >
              {each ? t(`statuses.${each}`) : t("all")}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
