import { onStopSignal, readFlags } from "../processes/arguments";
import { startMail } from "./server";

// tsx sandbox/mail/main.ts --data DIR --smtp-port N --port N
const flags = readFlags(["data", "smtp-port", "port"]);
const mail = await startMail({
  dataDir: flags.data,
  smtpPort: Number(flags["smtp-port"]),
  httpPort: Number(flags.port),
});
onStopSignal(() => mail.close());
console.log(`The sandbox mailbox is ready: ${mail.url}, ${mail.smtpUrl}`);
