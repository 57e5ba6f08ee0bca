import { FileText, Receipt } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { orNotFound } from "@/app/or-not-found";
import { BackLink } from "@/components/layout/back-link";
import { LiveRefresh } from "@/components/layout/live-refresh";
import { PageHeader } from "@/components/layout/page-header";
import { TransactionBadge } from "@/components/transactions/transaction-badge";
import { TransactionTitle } from "@/components/transactions/transaction-title";
import { Button } from "@/components/ui/button";
import { requireScope } from "@/lib/auth/gate";
import { hasRole } from "@/lib/auth/roles";
import { getTenant } from "@/lib/tenants/queries";
import { getTransaction } from "@/lib/transactions/queries";
import { refundOffer } from "@/lib/transactions/refundable";
import { refundAction } from "../actions";
import { RefundDialog } from "./_components/refund-dialog";
import { RefundList } from "./_components/refund-list";
import { TransactionFacts } from "./_components/transaction-facts";

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("transactions"))("title"),
});

type Props = { params: Promise<{ id: string }> };

export default async function TransactionPage({ params }: Props) {
  const [scope, { id }] = await Promise.all([requireScope(), params]);
  const [t, tenant, { transaction, offer }] = await Promise.all([
    getTranslations("transactions"),
    getTenant(scope),
    orNotFound(getTransaction(scope, id)).then(async (transaction) => ({
      transaction,
      offer: await refundOffer(scope, transaction),
    })),
  ]);
  const { timeZone } = tenant;
  const isAdmin = hasRole(scope, "admin");
  const isPaidTopUp = transaction.sourceKind === "recharge" && transaction.status === "succeeded";
  return (
    <>
      {transaction.status === "pending" ? <LiveRefresh everySeconds={5} /> : null}
      <BackLink href="/transactions">{t("detail.back")}</BackLink>
      <PageHeader
        title={
          <span className="flex flex-wrap items-center gap-3">
            {transaction.number} <TransactionBadge status={transaction.status} />
          </span>
        }
        hint={<TransactionTitle description={transaction.description} />}
        action={
          <>
            {transaction.invoiceId ? (
              <Button asChild>
                <Link href={`/invoices/${transaction.invoiceId}`}>
                  <FileText aria-hidden />
                  {t("detail.invoice")}
                </Link>
              </Button>
            ) : null}
            {isPaidTopUp ? (
              <Button asChild>
                <a href={`/api/v1/billing/balance/recharges/${transaction.sourceId}/receipt`}>
                  <Receipt aria-hidden />
                  {t("detail.receipt")}
                </a>
              </Button>
            ) : null}
            {offer && isAdmin ? <RefundDialog payment={transaction} offer={offer} refund={refundAction} /> : null}
          </>
        }
      />
      <div className="grid items-start gap-5 lg:grid-cols-2">
        <TransactionFacts transaction={transaction} timeZone={timeZone} />
        {transaction.type === "payment" ? <RefundList transaction={transaction} timeZone={timeZone} /> : null}
      </div>
    </>
  );
}
