"use client";

import { ChevronsUpDown, Plus } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import type { ActionResult } from "@/components/forms/action-result";
import { useAction } from "@/components/forms/use-action";
import { Dropdown, DropdownChoices, DropdownItem, DropdownSeparator } from "@/components/ui/dropdown";
import { useToast } from "@/components/ui/toast";

export type TenantOption = { tenantId: string; name: string; role: string };
type Props = {
  tenants: TenantOption[];
  currentId: string | null;
  choose: (tenantId: string) => Promise<ActionResult>;
  canCreate: boolean;
};

/** The name of the tenant, and a menu of the others and of making one. */
export function TenantSwitcher({ tenants, currentId, choose, canCreate }: Props) {
  const t = useTranslations();
  const router = useRouter();
  const toast = useToast();
  const { run, busy } = useAction(choose);
  const current = tenants.find((tenant) => tenant.tenantId === currentId);
  const name = current?.name ?? t("nav.chooseTenant");
  const initial = (
    <span
      aria-hidden
      className="grid size-7 shrink-0 place-items-center rounded-md bg-ink font-semibold text-paper text-xs"
    >
      {(current?.name ?? "?").slice(0, 1)}
    </span>
  );
  if (tenants.length < 2 && !canCreate)
    return (
      <p className="flex min-w-0 items-center gap-2.5 font-medium text-sm">
        {initial}
        <span className="truncate">{name}</span>
      </p>
    );
  const select = async (tenantId: string) => {
    const result = await run(tenantId);
    if (!result.ok) return toast("bad", t(`errors.${result.error.code}.title`));
    router.push("/");
    router.refresh();
  };
  return (
    <Dropdown
      align="start"
      trigger={
        <button
          type="button"
          disabled={busy}
          aria-label={t("nav.tenant", { name })}
          className="flex min-h-10 min-w-0 max-w-full items-center gap-2.5 rounded-lg border border-line bg-surface px-2 py-1.5 text-left font-medium text-sm hover:border-line-strong lg:w-full"
        >
          {initial}
          <span className="line-clamp-2 min-w-0 flex-1 leading-tight">{name}</span>
          <ChevronsUpDown aria-hidden className="size-4 shrink-0 text-ink-faint" />
        </button>
      }
    >
      <DropdownChoices
        label={t("nav.switchTenant")}
        value={currentId ?? ""}
        choices={tenants.map(({ tenantId, name }) => ({ value: tenantId, label: name }))}
        onChoose={select}
      />
      {canCreate ? (
        <>
          <DropdownSeparator />
          <DropdownItem onSelect={() => router.push("/organisations/new")}>
            <Plus aria-hidden />
            {t("nav.newTenant")}
          </DropdownItem>
        </>
      ) : null}
    </Dropdown>
  );
}
