import { isFree } from "../processes/ports";
import { type DataFiles, readJson, writeJson } from "./data-dir";

const PARTS = ["postgres", "stripe", "mail", "smtp", "inngest"] as const;
export type Ports = Record<(typeof PARTS)[number] | "app", number>;

const DEFAULT_PORT = 3010;

/**
 * Chooses the ports: those of the last start in this folder where they are free, others otherwise.
 * @param wanted the app's port as asked for; null: as last time
 */
export async function choosePorts(
  files: DataFiles,
  wanted: number | null,
  say: (line: string) => void,
): Promise<Ports> {
  const kept = readJson<Partial<Ports>>(files.ports) ?? {};
  const first = wanted ?? kept.app ?? DEFAULT_PORT;
  const ports: Partial<Ports> = { app: await nextFree(first) };
  if (ports.app !== first) say(`Port ${first} is in use; the app moves to ${ports.app}.`);
  for (const part of PARTS) {
    const taken = Object.values(ports);
    const last = kept[part];
    ports[part] = last && !taken.includes(last) && (await isFree(last)) ? last : await randomFree(taken);
  }
  writeJson(files.ports, ports);
  return ports as Ports;
}

async function nextFree(first: number): Promise<number> {
  for (let port = first; port < 65_536; port++) if (await isFree(port)) return port;
  throw new Error(`no port is free from ${first} on`);
}

/** Below the range from which systems take ports for outgoing connections: those come and go. */
async function randomFree(taken: number[]): Promise<number> {
  for (;;) {
    const port = 20_000 + Math.floor(Math.random() * 12_000);
    if (!taken.includes(port) && (await isFree(port))) return port;
  }
}
