"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { ProblemAlert } from "@/components/forms/problem-alert";
import { TextField } from "@/components/forms/text-field";
import { useAction } from "@/components/forms/use-action";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { requestLinkAction } from "../actions";

/** Asks for a link by mail. What it says afterwards is the same for every address. */
export function RequestLinkForm({ wanted }: { wanted: "sign_in" | "reset_password" }) {
  const t = useTranslations("links");
  const [email, setEmail] = useState("");
  const [sent, setSent] = useState(false);
  const { run, busy, problem } = useAction(requestLinkAction);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setSent((await run(wanted, email)).ok);
  };
  if (sent)
    return (
      <Alert
        tone="good"
        live
        title={t("sent.title")}
        action={<Button onClick={() => setSent(false)}>{t("again")}</Button>}
      >
        {t("sent.text", { email })}
      </Alert>
    );
  return (
    <form onSubmit={submit} className="flex flex-col gap-4">
      <ProblemAlert problem={problem} />
      <TextField
        label={t("email")}
        type="email"
        name="email"
        autoComplete="username"
        required
        maxLength={200}
        value={email}
        onChange={setEmail}
      />
      <Button type="submit" tone="primary" size="large" busy={busy} className="mt-2">
        {t("send")}
      </Button>
    </form>
  );
}
