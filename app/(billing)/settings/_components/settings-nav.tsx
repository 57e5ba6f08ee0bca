"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import { useTranslations } from "next-intl";

const SECTIONS = [
  ["organisation", "/settings"],
  ["members", "/settings/members"],
  ["branding", "/settings/branding"],
  ["notices", "/settings/notices"],
  ["tokens", "/settings/tokens"],
  ["account", "/settings/account"],
] as const;

export function SettingsNav() {
  const t = useTranslations("settings.sections");
  const path = usePathname();
  return (
    <nav
      aria-label={t("label")}
      className="scroll-hint [--scroll-ground:var(--paper)] -mx-4 mb-6 overflow-x-auto border-b px-4 sm:mx-0 sm:px-0"
    >
      <ul className="flex gap-1">
        {SECTIONS.map(([key, href]) => (
          <li key={key}>
            <Link
              href={href}
              aria-current={path === href ? "page" : undefined}
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
