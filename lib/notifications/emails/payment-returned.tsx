import { Facts } from "./facts";
import { Layout } from "./layout";
import { frame, type Mail, type MailInput } from "./mail";

/** Money that had been credited was taken back by the bank. */
export function paymentReturned(input: MailInput<"payment_returned">): Mail {
  const { params, words, reader } = input;
  const { t, money, method } = words;
  const rows = [
    { label: t("emails.facts.returned"), value: money(params.totalMinor) },
    { label: t("emails.facts.method"), value: method(params.paymentMethodId) },
    { label: t("emails.facts.takenBack"), value: money(params.amountMinor) },
    { label: t("emails.facts.balance"), value: money(params.balanceMinor), total: true },
  ];
  return {
    subject: t("emails.payment_returned.subject", { total: money(params.totalMinor), tenant: reader.tenantName }),
    body: (
      <Layout {...frame(input)} action={t("emails.actions.balance")} next={t("emails.payment_returned.next")}>
        <Facts rows={rows} />
      </Layout>
    ),
  };
}
