import { appendFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";

export interface Mail {
  id: string;
  /** Addresses, separated by a comma where there are several. */
  to: string;
  from: string;
  subject: string;
  text: string;
  html: string | null;
  attachments: Attached[];
  /** When it arrived, on the sandbox's clock (RFC 3339, UTC). */
  at: string;
}

/** A file that came with a mail. */
export interface Attached {
  name: string;
  type: string;
  bytes: number;
}

export interface MailStore {
  /** Newest last. @param to only mails to this address */
  list(to?: string): Mail[];
  find(id: string): Mail | undefined;
  /** @param files the contents of its attachments, in their order */
  add(mail: Mail, files?: Buffer[]): void;
  /** The contents of an attachment by its place. */
  attachment(mail: Mail, place: number): Buffer | undefined;
  clear(): void;
}

/** Mails in a file of JSON lines: what was accepted is on disk before the sender hears of it. */
export function openMailStore(dataDir: string): MailStore {
  mkdirSync(dataDir, { recursive: true });
  const file = path.join(dataDir, "messages.jsonl");
  const files = path.join(dataDir, "attachments");
  mkdirSync(files, { recursive: true });
  let mails = read(file);
  return {
    list: (to) => (to === undefined ? mails : mails.filter((mail) => addresses(mail).includes(to.toLowerCase()))),
    find: (id) => mails.find((mail) => mail.id === id),
    add(mail, attached = []) {
      for (const [place, content] of attached.entries())
        writeFileSync(path.join(files, `${mail.id}-${place}`), content);
      appendFileSync(file, `${JSON.stringify(mail)}\n`);
      mails.push(mail);
    },
    attachment: (mail, place) =>
      mail.attachments[place] ? readFileSync(path.join(files, `${mail.id}-${place}`)) : undefined,
    clear() {
      rmSync(files, { recursive: true, force: true });
      mkdirSync(files);
      writeFileSync(file, "");
      mails = [];
    },
  };
}

const addresses = (mail: Mail) => mail.to.toLowerCase().split(/,\s*/);

function read(file: string): Mail[] {
  let content = "";
  try {
    content = readFileSync(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
  }
  // A process killed while writing leaves half a line, whose sender was never told that it had arrived.
  const complete = content.slice(0, content.lastIndexOf("\n") + 1);
  if (complete.length < content.length) writeFileSync(file, complete);
  return (
    complete
      .split("\n")
      .filter(Boolean)
      .map((line) => JSON.parse(line) as Mail)
      // Mails from before there were attachments.
      .map((mail) => ({ ...mail, attachments: mail.attachments ?? [] }))
  );
}
