import type { ReactElement } from "react";
import type { Description } from "../describe";
import type { NoticeKind, NoticeParams } from "../kinds";
import type { Reader, Words } from "../reader";

/** What a mail is made of. */
export type MailInput<K extends NoticeKind> = {
  params: NoticeParams[K];
  createdAt: Date;
  reader: Reader;
  recipientName: string;
  words: Words;
  description: Description;
  /** The document that belongs to it; null for mails that have none. */
  document: MailDocument | null;
};

/** A document that is attached, or could not be made and is to be had at `href`. */
export type MailDocument = { attached: string } | { href: string };

export type Mail = { subject: string; body: ReactElement };

/** The part of the layout that is the same for every mail of this input. */
export function frame<K extends NoticeKind>(input: MailInput<K>) {
  const { reader, recipientName, words, description, document } = input;
  return { locale: reader.locale, t: words.t, recipientName, tenantName: reader.tenantName, description, document };
}
