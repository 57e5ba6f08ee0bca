import type { AddressInfo } from "node:net";
import { createMailHttp } from "./http";
import { createSmtp } from "./smtp";
import { openMailStore } from "./store";

export interface MailOptions {
  dataDir: string;
  /** 0 takes a free one. */
  smtpPort: number;
  httpPort: number;
}

export interface RunningMail {
  url: string;
  smtpUrl: string;
  close(): Promise<void>;
}

/** Starts the sandbox mailbox on 127.0.0.1. @throws when a port is taken */
export async function startMail(options: MailOptions): Promise<RunningMail> {
  const store = openMailStore(options.dataDir);
  const smtp = createSmtp(store);
  const http = createMailHttp(store);
  smtp.on("error", (error: Error) => console.error(`mail: ${error.message}`));
  await Promise.all([
    new Promise<void>((ready, fail) => {
      smtp.server.once("error", fail);
      smtp.listen(options.smtpPort, "127.0.0.1", ready);
    }),
    new Promise<void>((ready, fail) => {
      http.once("error", fail);
      http.listen(options.httpPort, "127.0.0.1", ready);
    }),
  ]);
  const port = (address: AddressInfo | string | null) => (address as AddressInfo).port;
  return {
    url: `http://127.0.0.1:${port(http.address())}`,
    smtpUrl: `smtp://127.0.0.1:${port(smtp.server.address())}`,
    async close() {
      http.closeAllConnections();
      await Promise.all([
        new Promise((done) => http.close(done)),
        new Promise<void>((done) => smtp.close(() => done())),
      ]);
    },
  };
}
