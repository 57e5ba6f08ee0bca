import Link from "next/link";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { ActionResult } from "@/components/forms/action-result";
import { Logo, LogoMark } from "./logo";
import { BottomNav, SideNav } from "./nav";
import { navItems } from "./nav-items";
import type { ChooseLocale } from "./preferences";
import { type TenantOption, TenantSwitcher } from "./tenant-switcher";
import { UserMenu } from "./user-menu";

type Props = {
  user: { name: string; email: string; isOperator: boolean };
  tenants: TenantOption[];
  currentTenantId: string | null;
  chooseTenant: (tenantId: string) => Promise<ActionResult>;
  chooseLocale: ChooseLocale;
  ribbon?: ReactNode;
  children: ReactNode;
};

/** The frame of every page behind the sign-in: navigation at the side on wide screens, at the bottom on phones. */
export function Shell({ user, tenants, currentTenantId, chooseTenant, chooseLocale, ribbon, children }: Props) {
  const t = useTranslations("nav");
  const reach = { tenant: currentTenantId !== null, operator: user.isOperator };
  const places = navItems(reach).map(({ key, href, icon: Icon }) => ({
    href,
    label: t(key),
    short: t(`short.${key}`),
    icon: <Icon aria-hidden />,
  }));
  const switcher = (
    <TenantSwitcher tenants={tenants} currentId={currentTenantId} choose={chooseTenant} canCreate={!user.isOperator} />
  );
  const menu = <UserMenu name={user.name} email={user.email} chooseLocale={chooseLocale} />;
  const home = currentTenantId ? "/" : "/operator";
  return (
    <>
      {ribbon}
      <div className="mx-auto flex w-full max-w-[88rem]">
        <aside className="hidden w-64 shrink-0 border-r lg:block">
          {/* 41 px: the closed ribbon with its border. */}
          <div className={`sticky top-0 flex ${ribbon ? "h-[calc(100dvh-41px)]" : "h-dvh"} flex-col gap-6 px-4 py-6`}>
            <Link href={home} aria-label={t("home")} className="self-start rounded-lg px-1">
              <Logo />
            </Link>
            {switcher}
            <SideNav places={places} />
            <div className="mt-auto">{menu}</div>
          </div>
        </aside>
        <div className="flex min-w-0 flex-1 flex-col">
          <header className="flex items-center gap-3 border-b bg-surface px-4 py-2.5 lg:hidden">
            <Link href={home} aria-label={t("home")} className="rounded-lg">
              <LogoMark />
            </Link>
            <div className="flex min-w-0 flex-1">{switcher}</div>
            {menu}
          </header>
          <main
            id="main"
            tabIndex={-1}
            className="w-full min-w-0 max-w-6xl flex-1 px-4 pt-6 pb-28 outline-none sm:px-8 lg:px-10 lg:pt-10 lg:pb-16"
          >
            {children}
          </main>
        </div>
      </div>
      <BottomNav places={places} />
    </>
  );
}
