import { limitUse } from "../describe";
import { Facts } from "./facts";
import { Layout } from "./layout";
import { frame, type Mail, type MailInput } from "./mail";

/** A limit is nearly (80 %) or wholly (100 %) used. */
function limit(input: MailInput<"limit_80" | "limit_100">, subject: string): Mail {
  const { params, words } = input;
  const { t, money, time } = words;
  const use = limitUse(params, money);
  const rows = [
    { label: t("emails.facts.used"), value: use.used },
    { label: t("emails.facts.allowed"), value: use.allowed },
    ...(params.resetsAt ? [{ label: t("emails.facts.roomAgain"), value: time(params.resetsAt) }] : []),
  ];
  return {
    subject,
    body: (
      <Layout {...frame(input)} action={t("emails.actions.limits")} next={t("emails.limit.next")}>
        <Facts rows={rows} />
      </Layout>
    ),
  };
}

export const limitNearlyUsed = (input: MailInput<"limit_80">): Mail =>
  limit(input, input.words.t("emails.limit.subject80", { tenant: input.reader.tenantName }));

export const limitReached = (input: MailInput<"limit_100">): Mail =>
  limit(input, input.words.t("emails.limit.subject100", { tenant: input.reader.tenantName }));
