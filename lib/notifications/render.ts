import { render, toPlainText } from "@react-email/render";
import { describeNotice } from "./describe";
import { blocked } from "./emails/blocked";
import { charged } from "./emails/charged";
import { declined } from "./emails/declined";
import { limitNearlyUsed, limitReached } from "./emails/limit";
import { lowBalance } from "./emails/low-balance";
import type { Mail, MailDocument, MailInput } from "./emails/mail";
import { needsAuthentication } from "./emails/needs-authentication";
import { paused } from "./emails/paused";
import { paymentReturned } from "./emails/payment-returned";
import { plain } from "./emails/plain";
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
  usage_80: plain("usage"),
  usage_100: plain("usage"),
  refunded: plain("transactions"),
  refund_failed: plain("transactions"),
  trial_ending: plain("subscription"),
  renewal_coming: plain("subscription"),
  subscription_started: plain("subscription"),
  subscription_changed: plain("subscription"),
  subscription_ending: plain("subscription"),
  subscription_ended: plain("subscription"),
  invoice_sent: plain("invoice"),
  invoice_paid: plain("invoice"),
  invoice_overdue: plain("invoice"),
  invoice_disputed: plain("invoice"),
  invoice_failed: plain("invoice"),
  dunning_failed: plain("invoice"),
  dunning_grace_ending: plain("invoice"),
  dunning_ended: plain("invoice"),
  dunning_recovered: plain("invoice"),
  method_expiring: plain("methods"),
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
export async function renderMail(
  notice: Notice,
  reader: Reader,
  recipientName: string,
  document: MailDocument | null = null,
): Promise<RenderedMail> {
  const make = MAILS[notice.kind] as (input: MailInput<NoticeKind>) => Mail;
  const { subject, body } = make({
    params: notice.params,
    createdAt: notice.createdAt,
    reader,
    recipientName,
    words: wordsFor(reader),
    description: describeNotice(notice, reader),
    document,
  });
  const html = await render(body);
  return { subject, html, text: toPlainText(html, PLAIN_TEXT) };
}
