import { render, toPlainText } from "@react-email/render";
import { env } from "@/lib/env";
import type { RenderedMail } from "@/lib/notifications/render";
import { toLocale, translator } from "@/lib/notifications/translator";
import { AccountMail } from "./account-mail";

/** What each mail is told; `path` is where its button leads. Instants and links are never put into subjects. */
export type AccountMailContent =
  | { kind: "signIn"; path: string; minutes: number }
  | { kind: "resetPassword"; path: string; minutes: number }
  | { kind: "confirm"; path: string; days: number }
  /** To somebody who has an account already: what was signed up for can be added to it. */
  | { kind: "confirmExisting"; path: string; days: number; organisation: string }
  | { kind: "passwordChanged"; path: string }
  | { kind: "invitation"; path: string; days: number; organisation: string; inviter: string };

const PLAIN_TEXT: Parameters<typeof toPlainText>[1] = {
  selectors: [
    { selector: "h1", options: { uppercase: false } },
    { selector: "a", options: { hideLinkHrefIfSameAsText: true } },
  ],
};

/** An account mail in one language. @param to.name null: the person has not told it yet */
export async function renderAccountMail(
  content: AccountMailContent,
  to: { name: string | null; locale: string },
): Promise<RenderedMail> {
  const locale = toLocale(to.locale);
  const t = translator(locale);
  const { kind, path, ...values } = content;
  const name = to.name;
  const title = t(`emails.account.${kind}.title`, values);
  const html = await render(
    <AccountMail
      locale={locale}
      title={title}
      greeting={name ? t("emails.layout.greeting", { name }) : t("emails.account.greeting")}
      text={t(`emails.account.${kind}.text`, values)}
      action={{
        label: t(`emails.account.${kind}.action`),
        href: new URL(path, env().BILLING_URL).href,
        fallback: t("emails.layout.link"),
      }}
      note={t(`emails.account.${kind}.note`)}
      tagline={t("emails.layout.tagline")}
    />,
  );
  return { subject: t(`emails.account.${kind}.subject`, values), html, text: toPlainText(html, PLAIN_TEXT) };
}
