"use client";

import { Ellipsis } from "lucide-react";
import Link from "next/link";
import { usePathname, useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { cn } from "@/components/ui/class-names";
import { Dropdown, DropdownItem } from "@/components/ui/dropdown";

/** A place to go to. The icon is drawn by the server: no browser loads it as a program. */
export type Place = { href: string; label: string; short: string; icon: ReactNode };
type Props = { places: Place[] };

/** So many fit side by side under a thumb, with the sign for the others. */
const AT_THE_BOTTOM = 4;

const isCurrent = ({ href }: Place, path: string): boolean =>
  href === "/" ? path === "/" : path === href || path.startsWith(`${href}/`);

export function SideNav({ places }: Props) {
  const t = useTranslations("nav");
  const path = usePathname();
  return (
    <nav aria-label={t("label")} className="flex flex-col gap-0.5">
      {places.map((place) => (
        <Link
          key={place.href}
          href={place.href}
          aria-current={isCurrent(place, path) ? "page" : undefined}
          className="flex min-h-10 items-center gap-3 rounded-lg px-3 py-2 font-medium text-ink-soft text-sm hover:bg-sunken hover:text-ink aria-[current=page]:bg-keel-wash aria-[current=page]:text-keel-deep [&>svg]:size-[1.125rem] [&>svg]:shrink-0"
        >
          {place.icon}
          {place.label}
        </Link>
      ))}
    </nav>
  );
}

const tab =
  "flex min-w-0 flex-1 flex-col items-center gap-0.5 px-1 py-2 font-medium text-[0.6875rem] -outline-offset-2 [&>svg]:size-5";

/** On a phone, along the bottom edge, in reach of the thumb: what is always in sight, and what is one touch away. */
export function BottomNav({ places }: Props) {
  const t = useTranslations("nav");
  const path = usePathname();
  const router = useRouter();
  const more = places.slice(AT_THE_BOTTOM);
  const isInMore = more.some((place) => isCurrent(place, path));
  return (
    <nav
      aria-label={t("label")}
      className="fixed inset-x-0 bottom-0 z-30 flex border-t bg-surface/95 pb-[env(safe-area-inset-bottom)] backdrop-blur lg:hidden"
    >
      {places.slice(0, AT_THE_BOTTOM).map((place) => {
        const current = isCurrent(place, path);
        return (
          <Link
            key={place.href}
            href={place.href}
            aria-current={current ? "page" : undefined}
            className={cn(tab, current ? "text-keel-deep" : "text-ink-faint")}
          >
            {place.icon}
            <span className="max-w-full truncate">{place.short}</span>
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
              <Ellipsis aria-hidden />
              <span className="max-w-full truncate">{t("short.more")}</span>
            </button>
          }
        >
          {more.map((place) => (
            <DropdownItem key={place.href} onSelect={() => router.push(place.href)}>
              {place.icon}
              {place.label}
            </DropdownItem>
          ))}
        </Dropdown>
      ) : null}
    </nav>
  );
}
