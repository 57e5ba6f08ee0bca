import { Facts } from "./facts";
import { Layout } from "./layout";
import { frame, type Mail, type MailInput } from "./mail";

/** The balance is low and nothing fills it. */
export function lowBalance(input: MailInput<"low_balance">): Mail {
  const { params, words, reader } = input;
  const { t, money } = words;
  const rows = [
    { label: t("emails.facts.balanceNow"), value: money(params.balanceMinor), total: true },
    ...(params.minMinor === null ? [] : [{ label: t("emails.facts.minimum"), value: money(params.minMinor) }]),
  ];
  return {
    subject: t("emails.low_balance.subject", { balance: money(params.balanceMinor), tenant: reader.tenantName }),
    body: (
      <Layout {...frame(input)} action={t("emails.actions.rule")} next={t("emails.low_balance.next")}>
        <Facts rows={rows} />
      </Layout>
    ),
  };
}
