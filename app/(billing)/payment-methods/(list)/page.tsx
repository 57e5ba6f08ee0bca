import { CreditCard } from "lucide-react";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { PageHeader } from "@/components/layout/page-header";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { requireScope } from "@/lib/auth/gate";
import { hasRole } from "@/lib/auth/roles";
import { listPaymentMethods } from "@/lib/payment-methods/queries";
import { makeDefaultAction, openPortalAction, removeAction } from "../actions";
import { AddChoice } from "./_components/add-choice";
import { MethodCard } from "./_components/method-card";

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("paymentMethods"))("title"),
});

export default async function PaymentMethodsPage() {
  const scope = await requireScope();
  const [t, methods] = await Promise.all([getTranslations("paymentMethods"), listPaymentMethods(scope)]);
  const readOnly = !hasRole(scope, "admin");
  return (
    <>
      <PageHeader title={t("title")} hint={readOnly ? t("readOnly") : t("hint")} />
      <div className="grid items-start gap-5 lg:grid-cols-3">
        <div className="flex flex-col gap-4 lg:col-span-2">
          {methods.length === 0 ? (
            <Card>
              <EmptyState icon={CreditCard} title={t("empty")}>
                {t("emptyHint")}
              </EmptyState>
            </Card>
          ) : (
            <ul className="flex flex-col gap-4">
              {methods.map((method) => (
                <li key={method.paymentMethodId}>
                  <MethodCard
                    method={method}
                    makeDefault={makeDefaultAction}
                    remove={removeAction}
                    readOnly={readOnly}
                  />
                </li>
              ))}
            </ul>
          )}
        </div>
        <AddChoice openPortal={openPortalAction} readOnly={readOnly} />
      </div>
    </>
  );
}
