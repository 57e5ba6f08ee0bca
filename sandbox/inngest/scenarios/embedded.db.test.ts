import { useTestDatabase } from "@/db/testing";
import { now } from "@/lib/clock";
import { Lab } from "../testing/lab";
import type { HostKind } from "./host";
import { protocolScenarios } from "./protocol";

const database = useTestDatabase();

const modes = [
  { name: "dev mode, checkpointing", signed: false, checkpointing: true },
  { name: "dev mode, no checkpointing", signed: false, checkpointing: false },
  { name: "signed, checkpointing", signed: true, checkpointing: true },
  { name: "signed, no checkpointing", signed: true, checkpointing: false },
];

for (const { name, ...mode } of modes) {
  const kind: HostKind = {
    name: `embedded executor, ${name}`,
    patienceMs: 50_000,
    async open(make) {
      const lab = await Lab.open(database.url, make, mode);
      return {
        client: lab.client,
        now,
        pass: async (ms) => void (await lab.advance(ms, null)),
        close: () => lab.close(),
      };
    },
  };
  protocolScenarios(kind);
}
