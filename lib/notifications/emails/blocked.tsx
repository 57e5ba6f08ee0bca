import { Layout } from "./layout";
import { frame, type Mail, type MailInput } from "./mail";

/** Something other than a decline stood in the way of a charge. */
export function blocked(input: MailInput<"blocked">): Mail {
  const { params, words, reader } = input;
  const action = params.reason === "no_payment_method" ? "emails.actions.methods" : "emails.actions.rule";
  return {
    subject: words.t("emails.blocked.subject", { tenant: reader.tenantName }),
    body: <Layout {...frame(input)} action={words.t(action)} next={words.t("emails.blocked.next")} />,
  };
}
