import { Layout } from "./layout";
import { frame, type Mail, type MailInput } from "./mail";

/** Auto-recharge stopped until the customer does something. */
export function paused(input: MailInput<"paused">): Mail {
  const { words, reader } = input;
  return {
    subject: words.t("emails.paused.subject", { tenant: reader.tenantName }),
    body: <Layout {...frame(input)} action={words.t("emails.actions.methods")} next={words.t("emails.paused.next")} />,
  };
}
