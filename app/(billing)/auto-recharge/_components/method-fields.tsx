"use client";

import Link from "next/link";
import { useTranslations } from "next-intl";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";

export type MethodOption = { id: string; name: string; isDefault: boolean; usable: boolean };
type Props = {
  methods: MethodOption[];
  value: string;
  backup: string;
  onValue: (id: string) => void;
  onBackup: (id: string) => void;
  backupError: string | null;
  disabled: boolean;
};

export function MethodFields({ methods, value, backup, onValue, onBackup, backupError, disabled }: Props) {
  const t = useTranslations("recharge.form");
  const main = methods.find((method) => method.isDefault);
  const options = (list: MethodOption[]) =>
    list.map((method) => (
      <option key={method.id} value={method.id}>
        {method.usable ? method.name : t("unusable", { method: method.name })}
      </option>
    ));
  const add = (
    <Link href="/payment-methods/add" className="text-keel-deep underline underline-offset-4">
      {t("addMethod")}
    </Link>
  );
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <Field label={t("method")} hint={methods.length === 0 ? add : undefined}>
        {(wiring) => (
          <Select value={value} onChange={(event) => onValue(event.target.value)} disabled={disabled} {...wiring}>
            <option value="">{main ? t("defaultMethod", { method: main.name }) : t("noMethod")}</option>
            {options(methods)}
          </Select>
        )}
      </Field>
      <Field label={t("backup")} hint={methods.length === 1 ? add : t("backupHint")} error={backupError}>
        {(wiring) => (
          <Select value={backup} onChange={(event) => onBackup(event.target.value)} disabled={disabled} {...wiring}>
            <option value="">{t("noBackup")}</option>
            {options(methods.filter((method) => method.id !== value))}
          </Select>
        )}
      </Field>
    </div>
  );
}
