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
};

export type Mail = { subject: string; body: ReactElement };

/** The part of the layout that is the same for every mail of this input. */
export function frame<K extends NoticeKind>(input: MailInput<K>) {
  const { reader, recipientName, words, description } = input;
  return { locale: reader.locale, t: words.t, recipientName, tenantName: reader.tenantName, description };
}
