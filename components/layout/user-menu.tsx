"use client";

import { LogOut, Settings2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Dropdown, DropdownItem, DropdownSeparator } from "@/components/ui/dropdown";
import { Spinner } from "@/components/ui/spinner";
import { type ChooseLocale, PreferenceItems } from "./preferences";

type Props = { name: string; email: string; chooseLocale: ChooseLocale };

export function UserMenu({ name, email, chooseLocale }: Props) {
  const t = useTranslations("nav");
  const [leaving, setLeaving] = useState(false);
  const leave = () => {
    setLeaving(true);
    import("next-auth/react")
      .then(({ signOut }) => signOut({ callbackUrl: "/sign-in" }))
      .catch(() => setLeaving(false));
  };
  return (
    <Dropdown
      trigger={
        <button
          type="button"
          aria-label={t("userMenu", { name })}
          className="flex min-h-10 min-w-0 items-center gap-2.5 rounded-lg p-1.5 text-left hover:bg-sunken lg:w-full"
        >
          <span
            aria-hidden
            className="grid size-8 shrink-0 place-items-center rounded-full bg-keel-wash font-semibold text-keel-deep text-sm"
          >
            {leaving ? <Spinner /> : name.slice(0, 1)}
          </span>
          <span className="hidden min-w-0 flex-1 leading-tight lg:block">
            <span className="block truncate font-medium text-sm">{name}</span>
            <span className="block truncate text-ink-faint text-xs">{email}</span>
          </span>
          <Settings2 aria-hidden className="hidden size-4 shrink-0 text-ink-faint lg:block" />
        </button>
      }
    >
      <p className="px-2.5 pt-1.5 pb-1 text-ink-faint text-xs lg:hidden">{email}</p>
      <PreferenceItems chooseLocale={chooseLocale} />
      <DropdownSeparator />
      <DropdownItem onSelect={leave}>
        <LogOut aria-hidden />
        {t("signOut")}
      </DropdownItem>
    </Dropdown>
  );
}
