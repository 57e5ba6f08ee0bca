"use client";

import { Plus } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { ActionResult } from "@/components/forms/action-result";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { Dialog, DialogFooter } from "@/components/ui/dialog";
import type { Scope, TokenRole } from "@/lib/auth/roles";
import { type NewTokenValues, TokenForm } from "./token-form";

type Props = {
  create: (input: NewTokenValues) => Promise<ActionResult<{ jwt: string }>>;
  roles: readonly TokenRole[];
  scopes: readonly Scope[];
};

/** The token is shown once, right after it is made. */
export function CreateToken({ create, roles, scopes }: Props) {
  const t = useTranslations("settings.tokens");
  const router = useRouter();
  const [open, setOpen] = useState(false);
  const [jwt, setJwt] = useState<string | null>(null);
  const change = (next: boolean) => {
    setOpen(next);
    setJwt(null);
    if (!next) router.refresh();
  };
  const trigger = (
    <Button tone="primary">
      <Plus aria-hidden />
      {t("create")}
    </Button>
  );
  return (
    <Dialog open={open} onOpenChange={change} trigger={trigger} title={jwt ? t("createdTitle") : t("create")}>
      {jwt ? (
        <>
          <Alert tone="warn" live title={t("shownOnce")} action={<CopyButton text={jwt} />} />
          <p
            className="mt-4 max-h-40 select-all overflow-y-auto break-all rounded-lg bg-sunken p-4 font-mono text-xs"
            data-testid="token"
          >
            {jwt}
          </p>
          <DialogFooter>
            <Button tone="primary" onClick={() => change(false)}>
              {t("done")}
            </Button>
          </DialogFooter>
        </>
      ) : (
        <TokenForm create={create} roles={roles} scopes={scopes} onCreated={setJwt} onCancel={() => change(false)} />
      )}
    </Dialog>
  );
}
