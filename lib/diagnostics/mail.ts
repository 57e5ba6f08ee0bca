import nodemailer from "nodemailer";
import { env } from "@/lib/env";
import type { Step } from "./step";

const PATIENCE_MS = 4_000;

/** Whether the mail server lets us in; nothing is sent. */
export async function checkMail(): Promise<Step> {
  const url = new URL(env().SMTP_URL);
  for (const name of ["connectionTimeout", "greetingTimeout", "socketTimeout"])
    url.searchParams.set(name, String(PATIENCE_MS));
  const transport = nodemailer.createTransport(url.href);
  try {
    await transport.verify();
    return { name: "mail", state: "pass", detail: "mailAnswers", values: { host: url.host } };
  } catch (error) {
    return {
      name: "mail",
      state: "fail",
      detail: "mailSilent",
      values: { host: url.host },
      error: error instanceof Error ? error.message : String(error),
    };
  } finally {
    transport.close();
  }
}
