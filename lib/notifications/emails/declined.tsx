import { Facts } from "./facts";
import { Layout } from "./layout";
import { frame, type Mail, type MailInput } from "./mail";

/** The first decline of an episode, with the time of the next try. The bank's own code is not the customer's business. */
export function declined(input: MailInput<"declined">): Mail {
  const { params, words, reader } = input;
  const { t, money, method } = words;
  const rows = [
    { label: t("emails.facts.payment"), value: money(params.totalMinor) },
    { label: t("emails.facts.method"), value: method(params.paymentMethodId) },
    { label: t("emails.facts.nextTry"), value: nextTry(input) },
  ];
  return {
    subject: t("emails.declined.subject", { tenant: reader.tenantName }),
    body: (
      <Layout {...frame(input)} action={t("emails.actions.methods")} next={t("emails.declined.next")}>
        <Facts rows={rows} />
      </Layout>
    ),
  };
}

function nextTry({ params, words: { t, time } }: MailInput<"declined">): string {
  if (params.backup) return t("emails.declined.backup");
  return params.retryAt ? time(params.retryAt) : t("emails.declined.none");
}
