import { Facts } from "./facts";
import { Layout } from "./layout";
import { frame, type Mail, type MailInput } from "./mail";

/** The bank wants the customer; the button finishes the same payment. */
export function needsAuthentication(input: MailInput<"needs_authentication">): Mail {
  const { params, words, reader } = input;
  const { t, money, method } = words;
  const rows = [
    { label: t("emails.facts.payment"), value: money(params.totalMinor), total: true },
    { label: t("emails.facts.method"), value: method(params.paymentMethodId) },
  ];
  return {
    subject: t("emails.needs_authentication.subject", { total: money(params.totalMinor), tenant: reader.tenantName }),
    body: (
      <Layout {...frame(input)} action={t("emails.actions.confirm")} next={t("emails.needs_authentication.next")}>
        <Facts rows={rows} />
      </Layout>
    ),
  };
}
