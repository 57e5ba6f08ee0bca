import PostalMime, { type Address } from "postal-mime";
import { SMTPServer } from "smtp-server";
import { now } from "@/lib/clock";
import { newId } from "@/lib/ids";
import type { Mail, MailStore } from "./store";

/** Takes every mail for every address, delivers none, and keeps what it was given. */
export function createSmtp(store: MailStore): SMTPServer {
  return new SMTPServer({
    banner: "Evenkeel sandbox mailbox",
    disabledCommands: ["AUTH", "STARTTLS"],
    disableReverseLookup: true,
    size: 10 * 1024 * 1024,
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", () => {
        const recipients = session.envelope.rcptTo.map((recipient) => recipient.address);
        parse(Buffer.concat(chunks), recipients).then(({ mail, files }) => {
          store.add(mail, files);
          done(null);
        }, done);
      });
    },
  });
}

async function parse(raw: Buffer, recipients: string[]): Promise<{ mail: Mail; files: Buffer[] }> {
  const parsed = await PostalMime.parse(raw);
  const to = (parsed.to ?? []).flatMap((entry) => (entry.group ? entry.group : [entry])).map((entry) => entry.address);
  const attached = parsed.attachments.map(({ filename, mimeType, content }) => ({
    name: filename ?? "file",
    type: mimeType,
    content: Buffer.from(content as ArrayBuffer),
  }));
  const mail: Mail = {
    id: newId(),
    to: (to.length > 0 ? to : recipients).join(", "),
    from: parsed.from ? written(parsed.from) : "",
    subject: parsed.subject ?? "",
    text: parsed.text ?? "",
    html: parsed.html ?? null,
    attachments: attached.map(({ name, type, content }) => ({ name, type, bytes: content.length })),
    at: now().toISOString(),
  };
  return { mail, files: attached.map(({ content }) => content) };
}

function written(address: Address): string {
  return address.name ? `${address.name} <${address.address}>` : (address.address ?? "");
}
