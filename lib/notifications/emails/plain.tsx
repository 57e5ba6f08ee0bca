import type { NoticeKind } from "../kinds";
import { Layout } from "./layout";
import { frame, type Mail, type MailInput } from "./mail";

type Action = "balance" | "invoice" | "methods" | "subscription" | "transactions" | "usage";

/** A mail that says what the notice says, and leads to the page where something can be done about it. */
export const plain =
  (action: Action) =>
  <K extends NoticeKind>(input: MailInput<K>): Mail => {
    const { t } = input.words;
    return {
      subject: t("emails.plain.subject", { tenant: input.reader.tenantName, title: input.description.title }),
      body: <Layout {...frame(input)} action={t(`emails.actions.${action}`)} next={t("emails.plain.next")} />,
    };
  };
