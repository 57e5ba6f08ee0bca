"use client";

import { signIn } from "next-auth/react";
import { useTranslations } from "next-intl";
import { type FormEvent, type ReactNode, useState } from "react";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { DemoSignIn } from "../demo-sign-ins";
import type { SignInProblem } from "../notice-of";

type Problem = SignInProblem;
type Props = { target: string; demo: DemoSignIn[] | null; notice: Problem | null; children: ReactNode };

async function trySignIn(email: string, password: string): Promise<Problem | null> {
  try {
    const result = await signIn("credentials", { email, password, redirect: false });
    if (result?.ok && !result.error) return null;
    if (result?.error === "rate_limited") return "rateLimited";
    return result?.error === "CredentialsSignin" ? "wrong" : "unreachable";
  } catch {
    return "unreachable";
  }
}

export function SignInForm({ target, demo, notice, children }: Props) {
  const t = useTranslations("signIn");
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(notice);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setProblem(null);
    const found = await trySignIn(email, password);
    if (found) {
      setProblem(found);
      setBusy(false);
      return;
    }
    // A whole load: nothing of the page before is kept for the person who signed in.
    window.location.assign(target);
  };
  return (
    <>
      <form onSubmit={submit} className="flex flex-col gap-4">
        {problem ? (
          <Alert tone="bad" live title={t(`problems.${problem}.title`)}>
            {t(`problems.${problem}.text`)}
          </Alert>
        ) : null}
        <Field label={t("email")}>
          {(wiring) => (
            <Input
              type="email"
              name="email"
              autoComplete="username"
              required
              value={email}
              onChange={(event) => setEmail(event.target.value)}
              {...wiring}
            />
          )}
        </Field>
        <Field label={t("password")}>
          {(wiring) => (
            <Input
              type="password"
              name="password"
              autoComplete="current-password"
              required
              value={password}
              onChange={(event) => setPassword(event.target.value)}
              {...wiring}
            />
          )}
        </Field>
        <Button type="submit" tone="primary" size="large" busy={busy} className="mt-2">
          {t("submit")}
        </Button>
      </form>
      {children}
      {demo ? (
        <section aria-labelledby="demo-title" className="mt-10 rounded-2xl border bg-surface p-5">
          <h2 id="demo-title" className="font-medium text-sm">
            {t("demo.title")}
          </h2>
          <p className="mt-0.5 mb-3 text-ink-faint text-sm">{t("demo.hint")}</p>
          <ul className="-mx-2">
            {demo.map((character) => (
              <li key={character.email}>
                <button
                  type="button"
                  onClick={() => {
                    setEmail(character.email);
                    setPassword(character.password);
                  }}
                  className="flex w-full flex-wrap items-baseline justify-between gap-x-4 rounded-lg px-2 py-2 text-left text-sm hover:bg-sunken"
                >
                  <span className="font-medium">{character.email}</span>
                  <span className="text-ink-faint">{t(`demo.characters.${character.key}`)}</span>
                </button>
              </li>
            ))}
          </ul>
        </section>
      ) : null}
    </>
  );
}
