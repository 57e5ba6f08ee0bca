"use client";

import { Ellipsis } from "lucide-react";
import Link from "next/link";
import { usePathname, useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { cn } from "@/components/ui/class-names";
import { Dropdown, DropdownItem } from "@/components/ui/dropdown";
import { bottomItems, isCurrent, navItems } from "./nav-items";

type Props = { reach: { tenant: boolean; operator: boolean } };

export function SideNav({ reach }: Props) {
  const t = useTranslations("nav");
  const path = usePathname();
  return (
    <nav aria-label={t("label")} className="flex flex-col gap-0.5">
      {navItems(reach).map((item) => (
        <Link
          key={item.key}
          href={item.href}
          aria-current={isCurrent(item, path) ? "page" : undefined}
          className="flex min-h-10 items-center gap-3 rounded-lg px-3 py-2 font-medium text-ink-soft text-sm hover:bg-sunken hover:text-ink aria-[current=page]:bg-keel-wash aria-[current=page]:text-keel-deep"
        >
          <item.icon aria-hidden className="size-[1.125rem] shrink-0" />
          {t(item.key)}
        </Link>
      ))}
    </nav>
  );
}

const tab =
  "flex min-w-0 flex-1 flex-col items-center gap-0.5 px-1 py-2 font-medium text-[0.6875rem] -outline-offset-2";

/** On a phone: along the bottom edge, in reach of the thumb. */
export function BottomNav({ reach }: Props) {
  const t = useTranslations("nav");
  const path = usePathname();
  const router = useRouter();
  const { shown, more } = bottomItems(reach);
  const isInMore = more.some((item) => isCurrent(item, path));
  return (
    <nav
      aria-label={t("label")}
      className="fixed inset-x-0 bottom-0 z-30 flex border-t bg-surface/95 pb-[env(safe-area-inset-bottom)] backdrop-blur lg:hidden"
    >
      {shown.map((item) => {
        const current = isCurrent(item, path);
        return (
          <Link
            key={item.key}
            href={item.href}
            aria-current={current ? "page" : undefined}
            className={cn(tab, current ? "text-keel-deep" : "text-ink-faint")}
          >
            <item.icon aria-hidden className="size-5" />
            <span className="max-w-full truncate">{t(`short.${item.key}`)}</span>
          </Link>
        );
      })}
      {more.length > 0 ? (
        <Dropdown
          side="top"
          trigger={
            <button
              type="button"
              aria-label={t("more")}
              className={cn(tab, isInMore ? "text-keel-deep" : "text-ink-faint")}
            >
              <Ellipsis aria-hidden className="size-5" />
              <span className="max-w-full truncate">{t("short.more")}</span>
            </button>
          }
        >
          {more.map((item) => (
            <DropdownItem key={item.key} onSelect={() => router.push(item.href)}>
              <item.icon aria-hidden />
              {t(item.key)}
            </DropdownItem>
          ))}
        </Dropdown>
      ) : null}
    </nav>
  );
}
