import { readFileSync, writeFileSync } from "node:fs";
import { whyOutside } from "./scope";
import type { TriggerResult } from "./try-trigger";

/** The results as the README shows them. */
export function triggerTable(all: string[], results: TriggerResult[]): string {
  const passed = results.filter((result) => result.objection === null);
  const lines = results.map(({ trigger, objection }) => `| \`${trigger}\` | ${objection ?? "passed"} |`);
  const outside = new Map<string, string[]>();
  for (const trigger of all) {
    const why = whyOutside(trigger);
    if (why) outside.set(why, [...(outside.get(why) ?? []), `\`${trigger}\``]);
  }
  const reasons = [...outside].map(([why, names]) => `- ${why}: ${names.join(", ")}`);
  return [
    `${passed.length} of ${results.length} pass, of ${all.length} that the CLI offers.`,
    "",
    "| trigger | |",
    "| --- | --- |",
    ...lines,
    "",
    "Not asked of the stand-in:",
    "",
    ...reasons,
  ].join("\n");
}

/** Replaces what is between `<!-- name -->` and `<!-- /name -->`. @throws when the file has no such place */
export function writeBetween(file: string, name: string, text: string): void {
  const before = readFileSync(file, "utf8");
  const place = new RegExp(`(<!-- ${name} -->\n)[\\s\\S]*?(<!-- /${name} -->)`);
  if (!place.test(before)) throw new Error(`${file} has no place <!-- ${name} -->`);
  writeFileSync(
    file,
    before.replace(place, (_, open: string, close: string) => `${open}\n${text}\n\n${close}`),
  );
}
