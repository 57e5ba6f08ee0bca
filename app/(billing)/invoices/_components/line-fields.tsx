"use client";

import { Trash2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { TextField } from "@/components/forms/text-field";
import { MoneyInput } from "@/components/money/money-input";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import type { Currency } from "@/lib/money/currency";
import type { readLine, TypedLine } from "./draft-values";

type Props = {
  number: number;
  line: TypedLine;
  currency: Currency;
  problem: ReturnType<typeof readLine> | null;
  change: (values: Partial<TypedLine>) => void;
  remove: (() => void) | undefined;
};

export function LineFields({ number, line, currency, problem, change, remove }: Props) {
  const t = useTranslations("invoices.form");
  const wrong = (field: "description" | "quantity" | "unit") => (problem === field ? t(`problems.${field}`) : null);
  return (
    <li>
      <fieldset className="grid grid-cols-2 items-start gap-3 sm:grid-cols-[1fr_7rem_10rem_auto]">
        <legend className="sr-only">{t("line", { number })}</legend>
        <TextField
          fieldClassName="col-span-2 sm:col-span-1"
          label={t("description")}
          value={line.description}
          onChange={(description) => change({ description })}
          error={wrong("description")}
          maxLength={500}
        />
        <TextField
          label={t("quantity")}
          value={line.quantity}
          onChange={(quantity) => change({ quantity })}
          error={wrong("quantity")}
          inputMode="decimal"
          autoComplete="off"
          maxLength={30}
        />
        <Field label={t("unit")} error={wrong("unit")}>
          {(wiring) => (
            <MoneyInput
              currency={currency}
              value={line.unit}
              onValue={(unit) => change({ unit })}
              maxLength={40}
              {...wiring}
            />
          )}
        </Field>
        {remove ? (
          <Button
            tone="plain"
            size="icon"
            aria-label={t("remove", { number })}
            onClick={remove}
            className="justify-self-end sm:mt-7"
          >
            <Trash2 aria-hidden />
          </Button>
        ) : null}
      </fieldset>
    </li>
  );
}
