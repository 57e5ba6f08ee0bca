import { expect } from "@playwright/test";
import { demo } from "./demo";

export interface Mail {
  id: string;
  to: string;
  subject: string;
  text: string;
  html: string;
  at: string;
}

/** What somebody was sent, oldest first. */
export async function mailsTo(address: string): Promise<Mail[]> {
  const answer = await fetch(`${demo().mail.url}/api/messages?to=${encodeURIComponent(address)}`);
  return (await answer.json()) as Mail[];
}

/** Waits for a mail with this subject; several with it are a mistake. */
export async function mailAbout(address: string, subject: RegExp): Promise<Mail> {
  const found = async () => (await mailsTo(address)).filter((mail) => subject.test(mail.subject));
  await expect.poll(async () => (await found()).length, { message: `mails about ${subject}`, timeout: 20_000 }).toBe(1);
  return (await found())[0] as Mail;
}

/** The first link of a mail into the app. */
export function linkIn(mail: Mail): string {
  const link = mail.text.match(/https?:\/\/\S+/)?.[0];
  if (!link) throw new Error(`no link in "${mail.subject}"`);
  return link;
}
