"use client";

import { Plus } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { v4 as newRequestKey } from "uuid";
import type { ActionResult } from "@/components/forms/action-result";
import { ProblemAlert } from "@/components/forms/problem-alert";
import { TextField } from "@/components/forms/text-field";
import { useAction } from "@/components/forms/use-action";
import { Button } from "@/components/ui/button";
import { Card, CardBody } from "@/components/ui/card";
import type { Currency } from "@/lib/money/currency";
import type { DraftForm as Values } from "../schema";
import { DraftTotals } from "./draft-totals";
import { readLine, type TypedLine } from "./draft-values";
import { LineFields } from "./line-fields";

export type SavedDraft = { lines: TypedLine[]; due: string; memo: string };
type Props = {
  saved: SavedDraft;
  save: (input: Values) => Promise<ActionResult<{ invoiceId: string }>>;
  currency: Currency;
  /** Percent. */
  taxRate: string;
};

const EMPTY: TypedLine = { description: "", quantity: "1", unit: "" };
const MOST_LINES = 200;

/** Writes an invoice by hand; what it comes to is worked out as it is typed, by the code that will store it. */
export function DraftForm({ saved, save, currency, taxRate }: Props) {
  const t = useTranslations("invoices.form");
  const router = useRouter();
  const { run, busy, problem } = useAction(save);
  const [lines, setLines] = useState(() =>
    (saved.lines.length > 0 ? saved.lines : [EMPTY]).map((line) => ({ key: newRequestKey(), ...line })),
  );
  const [due, setDue] = useState(saved.due);
  const [memo, setMemo] = useState(saved.memo);
  const [tried, setTried] = useState(false);
  const [requestKey, setRequestKey] = useState(() => newRequestKey());
  const [finalizing, setFinalizing] = useState(false);
  const field = (path: string) => problem?.fields.some((each) => each.path === path);

  const submit = async (finalize: boolean) => {
    setTried(true);
    if (lines.some((line) => typeof readLine(line, currency) === "string")) return;
    setFinalizing(finalize);
    const typed = lines.map(({ key: _, ...line }) => line);
    const result = await run({ lines: typed, due, memo, finalize, requestKey });
    if (!result.ok) {
      if (result.error.code !== "unreachable") setRequestKey(newRequestKey());
      return;
    }
    router.push(`/invoices/${result.value.invoiceId}`);
    router.refresh();
  };
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    void submit(false);
  };
  const change = (key: string, values: Partial<TypedLine>) =>
    setLines((list) => list.map((line) => (line.key === key ? { ...line, ...values } : line)));
  return (
    <form onSubmit={onSubmit} noValidate>
      <Card>
        <CardBody className="flex flex-col gap-6">
          <ol className="flex flex-col gap-5">
            {lines.map(({ key, ...line }, index) => (
              <LineFields
                key={key}
                number={index + 1}
                line={line}
                currency={currency}
                problem={tried ? readLine(line, currency) : null}
                change={(values) => change(key, values)}
                remove={
                  lines.length > 1 ? () => setLines((list) => list.filter((other) => other.key !== key)) : undefined
                }
              />
            ))}
          </ol>
          <Button
            className="self-start"
            disabled={lines.length >= MOST_LINES}
            onClick={() => setLines((list) => [...list, { key: newRequestKey(), ...EMPTY }])}
          >
            <Plus aria-hidden />
            {t("add")}
          </Button>
          <DraftTotals lines={lines} currency={currency} taxRate={taxRate} />
          <div className="grid gap-4 border-t pt-6 sm:grid-cols-2">
            <TextField
              label={t("due")}
              hint={t("dueHint")}
              type="date"
              value={due}
              onChange={setDue}
              error={field("dueDate") ? t("problems.due") : null}
            />
            <TextField label={t("memo")} value={memo} onChange={setMemo} maxLength={1000} />
          </div>
          {field("lineItems") ? <p className="text-port text-sm">{t("problems.total")}</p> : null}
          <ProblemAlert problem={problem} />
          <div className="flex flex-col-reverse gap-2 sm:flex-row sm:justify-end">
            <Button onClick={() => router.back()}>{t("cancel")}</Button>
            <Button type="submit" busy={busy && !finalizing} disabled={busy}>
              {t("saveDraft")}
            </Button>
            <Button tone="primary" busy={busy && finalizing} disabled={busy} onClick={() => submit(true)}>
              {t("saveFinal")}
            </Button>
          </div>
        </CardBody>
      </Card>
    </form>
  );
}
