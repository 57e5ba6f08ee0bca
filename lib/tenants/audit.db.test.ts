import { expect, test } from "vitest";
import { useTestDatabase } from "@/db/testing";
import { newId } from "@/lib/ids";
import { createDraft } from "@/lib/invoices/drafts";
import { toMinor } from "@/lib/money/minor";
import { useWorld } from "@/sandbox/testing/world";
import { listAudit } from "./audit";

useTestDatabase();
const world = useWorld();

test("who did what by hand is read from what was done, newest first, of this tenant alone", async () => {
  const [acme, other] = [await world.customer(), await world.customer()];
  await acme.card("pm_card_visa");
  await world.pass(1);
  await acme.rule();
  await world.pass(1);
  const line = { description: "Workshop", quantity: "1", unitMinor: toMinor(10_000) };
  await createDraft(acme.scope, { lines: [line], dueAt: null, memo: null }, newId());
  await other.credit(100);
  const deeds = await listAudit(acme.scope, 20);
  expect(deeds.map(({ kind, actor }) => [kind, actor])).toEqual([
    ["invoice", "test"],
    ["consent", "test"],
    ["adjustment", "test"],
  ]);
  expect(deeds.at(-1)?.detail).toBe("test");
  expect(deeds.every(({ at }) => at instanceof Date && !Number.isNaN(at.getTime()))).toBe(true);
  expect(await listAudit(acme.scope, 1)).toHaveLength(1);
});
