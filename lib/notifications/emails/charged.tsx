import { Facts } from "./facts";
import { Layout } from "./layout";
import { frame, type Mail, type MailInput } from "./mail";

/** The receipt of a top-up, with the fee as a line of its own. */
export function charged(input: MailInput<"charged">): Mail {
  const { params, words, reader } = input;
  const { t, money, method, time } = words;
  const rows = [
    { label: t("emails.facts.amount"), value: money(params.amountMinor) },
    { label: t("emails.facts.fee"), value: money(params.feeMinor) },
    { label: t("emails.facts.total"), value: money(params.totalMinor), total: true },
    { label: t("emails.facts.method"), value: method(params.paymentMethodId) },
    { label: t("emails.facts.date"), value: time(input.createdAt) },
    { label: t("emails.facts.balance"), value: money(params.balanceMinor), total: true },
  ];
  return {
    subject: t("emails.charged.subject", { amount: money(params.amountMinor), tenant: reader.tenantName }),
    body: (
      <Layout {...frame(input)} action={t("emails.actions.balance")} next={t("emails.charged.next")}>
        <Facts rows={rows} />
      </Layout>
    ),
  };
}
