"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import type { ActionResult } from "@/components/forms/action-result";
import { ProblemAlert } from "@/components/forms/problem-alert";
import { useAction } from "@/components/forms/use-action";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { DialogFooter } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import type { Scope, TokenRole } from "@/lib/auth/roles";

const LIFETIMES = [7, 30, 90, 365] as const;

export type NewTokenValues = { name: string; role: TokenRole; scopes: Scope[]; expiresInDays: number };
type Props = {
  create: (input: NewTokenValues) => Promise<ActionResult<{ jwt: string }>>;
  roles: readonly TokenRole[];
  scopes: readonly Scope[];
  onCreated: (jwt: string) => void;
  onCancel: () => void;
};

export function TokenForm({ create, roles, scopes, onCreated, onCancel }: Props) {
  const t = useTranslations("settings.tokens");
  const { run, busy, problem } = useAction(create);
  const [tried, setTried] = useState(false);
  const [values, setValues] = useState<NewTokenValues>({
    name: "",
    role: "service",
    scopes: ["balance:read", "balance:write"],
    expiresInDays: 90,
  });
  const isService = values.role === "service";
  const nameError = tried && values.name.trim() === "" ? t("nameRequired") : null;
  const scopesError = tried && isService && values.scopes.length === 0 ? t("scopesRequired") : null;
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (values.name.trim() === "" || (isService && values.scopes.length === 0)) return;
    const result = await run(values);
    if (result.ok) onCreated(result.value.jwt);
  };
  const toggle = (scope: Scope) =>
    setValues((v) => ({
      ...v,
      scopes: v.scopes.includes(scope) ? v.scopes.filter((s) => s !== scope) : [...v.scopes, scope],
    }));
  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-4">
      <Field label={t("name")} hint={t("nameHint")} error={nameError}>
        {(wiring) => (
          <Input
            value={values.name}
            maxLength={100}
            autoComplete="off"
            onChange={(event) => setValues((v) => ({ ...v, name: event.target.value }))}
            {...wiring}
          />
        )}
      </Field>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label={t("role")}>
          {(wiring) => (
            <Select
              value={values.role}
              onChange={(event) =>
                // What services usually need is no good start for others.
                setValues((v) => ({
                  ...v,
                  scopes: [],
                  role: roles.find((role) => role === event.target.value) ?? v.role,
                }))
              }
              {...wiring}
            >
              {roles.map((role) => (
                <option key={role} value={role}>
                  {t(`roles.${role}`)}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <Field label={t("expiry")}>
          {(wiring) => (
            <Select
              value={values.expiresInDays}
              onChange={(event) => setValues((v) => ({ ...v, expiresInDays: Number(event.target.value) }))}
              {...wiring}
            >
              {LIFETIMES.map((days) => (
                <option key={days} value={days}>
                  {t("days", { count: days })}
                </option>
              ))}
            </Select>
          )}
        </Field>
      </div>
      <fieldset>
        <legend className="font-medium text-sm">{t("scopes")}</legend>
        <p className="mt-0.5 mb-2 text-ink-faint text-sm">{isService ? t("scopesHint") : t("scopesBeside")}</p>
        <div className="grid gap-2 sm:grid-cols-2">
          {scopes.map((scope) => (
            <label key={scope} htmlFor={`scope-${scope}`} className="flex items-center gap-2.5 text-sm">
              <Checkbox id={`scope-${scope}`} checked={values.scopes.includes(scope)} onChange={() => toggle(scope)} />
              <code className="font-mono text-[0.8125rem]">{scope}</code>
            </label>
          ))}
        </div>
        {scopesError ? (
          <p role="alert" className="mt-2 text-port text-sm">
            {scopesError}
          </p>
        ) : null}
      </fieldset>
      <ProblemAlert problem={problem} />
      <DialogFooter>
        <Button onClick={onCancel}>{t("cancel")}</Button>
        <Button type="submit" tone="primary" busy={busy}>
          {t("createConfirm")}
        </Button>
      </DialogFooter>
    </form>
  );
}
