import { AppError } from "@/lib/errors";
import { newId } from "@/lib/ids";
import { log } from "@/lib/log";
import { mailDomain, sendMail } from "@/lib/notifications/smtp";
import { type AccountMailContent, renderAccountMail } from "./emails/render";

export type MailReader = { email: string; name: string | null; locale: string };

const TRIES = 3;

/**
 * Sends a mail about an account at once. Its link is in the mail and nowhere else, so it cannot be sent again later: whoever
 * misses it asks for a new one.
 * @throws AppError mail_unavailable
 */
export async function sendAccountMail(to: MailReader, content: AccountMailContent): Promise<void> {
  const mail = await renderAccountMail(content, to);
  const messageId = `<${newId()}@${mailDomain()}>`;
  for (let tries = 1; ; tries++) {
    try {
      return await sendMail({ email: to.email, name: to.name ?? "" }, mail, messageId);
    } catch (error) {
      log().warn({ err: error, mail: content.kind, tries }, "an account mail could not be sent");
      if (tries === TRIES) throw new AppError("mail_unavailable", undefined, { cause: error });
    }
  }
}
