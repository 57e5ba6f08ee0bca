import nodemailer from "nodemailer";
import { now } from "@/lib/clock";
import { env } from "@/lib/env";
import type { RenderedMail } from "./render";

/** Below a delivery's lease, so that a server that does not answer cannot outlast it. */
const TIMEOUT_MS = 15_000;

/** A file that goes with a mail. */
export type Attachment = { filename: string; content: Buffer; contentType: string };

/** The server refused this address for good (RFC 5321: a 5xx reply); asking again is pointless. */
export class AddressRefused extends Error {}

/**
 * Hands a mail to the SMTP server.
 * @param messageId the same for every try, so that a mail sent twice can be recognised as one
 * @throws AddressRefused; any other error may go away by itself
 */
export async function sendMail(
  to: { email: string; name: string },
  mail: RenderedMail,
  messageId: string,
  attachments: Attachment[] = [],
): Promise<void> {
  const transport = nodemailer.createTransport(withTimeouts(env().SMTP_URL));
  try {
    await transport.sendMail({
      from: env().MAIL_FROM,
      to: { name: to.name, address: to.email },
      ...mail,
      messageId,
      attachments,
      date: now(),
    });
  } catch (error) {
    throw isRefusal(error) ? new AddressRefused(error.message, { cause: error }) : error;
  } finally {
    transport.close();
  }
}

/** Only a refused recipient: a 5xx to the sign-in or the sender is our configuration's fault. */
function isRefusal(error: unknown): error is Error {
  const { command, responseCode } = error as { command?: string; responseCode?: number };
  return command === "RCPT TO" && (responseCode ?? 0) >= 500;
}

function withTimeouts(address: string): string {
  const url = new URL(address);
  for (const name of ["connectionTimeout", "greetingTimeout", "socketTimeout"]) {
    if (!url.searchParams.has(name)) url.searchParams.set(name, String(TIMEOUT_MS));
  }
  return url.href;
}

/** The domain we send from, for Message-IDs: `Evenkeel <billing@evenkeel.test>` → `evenkeel.test`. */
export function mailDomain(): string {
  return /@([\w.-]+)/.exec(env().MAIL_FROM)?.[1] ?? "localhost";
}
