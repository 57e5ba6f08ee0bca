"use client";

import Link from "next/link";
import { useTranslations } from "next-intl";
import type { Problem } from "@/components/forms/action-result";
import { ProblemAlert } from "@/components/forms/problem-alert";
import { Button } from "@/components/ui/button";

const WAYS_OUT: Partial<Record<Problem["code"], { href: string; label: "methods" | "addMethod" | "invoices" }>> = {
  payment_method_declined: { href: "/payment-methods", label: "methods" },
  card_budget_exhausted: { href: "/payment-methods/add", label: "addMethod" },
  no_payment_method: { href: "/payment-methods/add", label: "addMethod" },
  change_refused: { href: "/invoices?status=open", label: "invoices" },
};

/** Why a change was refused, with the way out as a button where there is a page for it. */
export function ChangeProblem({ problem }: { problem: Problem | null }) {
  const t = useTranslations("subscription.change");
  // Said beside its field.
  if (problem?.code === "discount_unknown") return null;
  const out = problem ? WAYS_OUT[problem.code] : undefined;
  return (
    <ProblemAlert
      problem={problem}
      action={
        out ? (
          <Button asChild size="small" tone="primary">
            <Link href={out.href}>{t(out.label)}</Link>
          </Button>
        ) : null
      }
    />
  );
}
