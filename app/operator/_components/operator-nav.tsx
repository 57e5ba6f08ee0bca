"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import { useTranslations } from "next-intl";

const PARTS = [
  ["tenants", "/operator"],
  ["reconciliation", "/operator/reconciliation"],
  ["reports", "/operator/reports"],
] as const;

export function OperatorNav() {
  const t = useTranslations("operator.parts");
  const path = usePathname();
  const isHere = (href: string) =>
    href === "/operator" ? !PARTS.slice(1).some(([, one]) => path === one) : path === href;
  return (
    <nav
      aria-label={t("label")}
      className="scroll-hint [--scroll-ground:var(--paper)] -mx-4 mb-6 overflow-x-auto border-b px-4 sm:mx-0 sm:px-0"
    >
      <ul className="flex gap-1">
        {PARTS.map(([key, href]) => (
          <li key={key}>
            <Link
              href={href}
              aria-current={isHere(href) ? "page" : undefined}
              className="-mb-px block whitespace-nowrap border-transparent border-b-2 px-3 py-3 font-medium text-ink-faint text-sm -outline-offset-2 hover:text-ink aria-[current=page]:border-keel aria-[current=page]:text-ink"
            >
              {t(key)}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
