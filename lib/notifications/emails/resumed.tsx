import { Layout } from "./layout";
import { frame, type Mail, type MailInput } from "./mail";

/** The reason of a pause is gone. */
export function resumed(input: MailInput<"resumed">): Mail {
  const { words, reader } = input;
  return {
    subject: words.t("emails.resumed.subject", { tenant: reader.tenantName }),
    body: <Layout {...frame(input)} action={words.t("emails.actions.rule")} next={words.t("emails.resumed.next")} />,
  };
}
