import { render, toPlainText } from "@react-email/render";
import { describeNotice } from "./describe";
import { blocked } from "./emails/blocked";
import { charged } from "./emails/charged";
import { declined } from "./emails/declined";
import { limitNearlyUsed, limitReached } from "./emails/limit";
import { lowBalance } from "./emails/low-balance";
import type { Mail, MailInput } from "./emails/mail";
import { needsAuthentication } from "./emails/needs-authentication";
import { paused } from "./emails/paused";
import { paymentReturned } from "./emails/payment-returned";
import { resumed } from "./emails/resumed";
import type { NoticeKind } from "./kinds";
import { type Notice, type Reader, wordsFor } from "./reader";

const MAILS: { [K in NoticeKind]: (input: MailInput<K>) => Mail } = {
  charged,
  declined,
  paused,
  needs_authentication: needsAuthentication,
  limit_80: limitNearlyUsed,
  limit_100: limitReached,
  low_balance: lowBalance,
  resumed,
  payment_returned: paymentReturned,
  blocked,
};

/** Facts stay in two columns; every other table is only layout. */
const PLAIN_TEXT: Parameters<typeof toPlainText>[1] = {
  selectors: [
    { selector: "table.facts", format: "dataTable", options: { uppercaseHeaderCells: false, colSpacing: 3 } },
    { selector: "h1", options: { uppercase: false } },
    { selector: "a", options: { hideLinkHrefIfSameAsText: true } },
  ],
};

export type RenderedMail = { subject: string; html: string; text: string };

/** The mail of a notice for one person. */
export async function renderMail(notice: Notice, reader: Reader, recipientName: string): Promise<RenderedMail> {
  const make = MAILS[notice.kind] as (input: MailInput<NoticeKind>) => Mail;
  const { subject, body } = make({
    params: notice.params,
    createdAt: notice.createdAt,
    reader,
    recipientName,
    words: wordsFor(reader),
    description: describeNotice(notice, reader),
  });
  const html = await render(body);
  return { subject, html, text: toPlainText(html, PLAIN_TEXT) };
}
