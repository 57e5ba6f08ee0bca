import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Names } from "../contract/parameter-names";
import { StripeFailure, unsupported } from "./errors";

/** What Stripe takes at each address, made from the SDK's types by contract/write-parameters.ts. */
export const PARAMETER_LIST = join(import.meta.dirname, "stripe-parameters.jsonl");

let known: Map<string, Names> | null = null;

function readList(): Map<string, Names> {
  const lines = readFileSync(PARAMETER_LIST, "utf8").split("\n").filter(Boolean);
  return new Map(lines.map((line) => JSON.parse(line) as [string, Names]));
}

/** Whether Stripe has a parameter, `payment_settings[payment_method_options][card]`, however the stand-in sees it. */
export function stripeTakes(address: string, parameter: string): boolean {
  known ??= readList();
  let names: Names | null | undefined = known.get(address.replace(/:\w+/g, ":id"));
  const steps = parameter.split(/[[\]]+/).filter((step) => step !== "" && !/^\d+$/.test(step));
  for (const step of steps) {
    if (!names || !(step in names)) return false;
    names = names[step];
  }
  return true;
}

/** An unknown parameter is one thing if Stripe does not know it either, and another if only the stand-in does not. */
export function orUnsupported(error: unknown, address: string): unknown {
  if (!(error instanceof StripeFailure) || error.body.code !== "parameter_unknown") return error;
  const { param = "" } = error.body;
  return stripeTakes(address, param) ? unsupported(`the parameter ${param}`, param) : error;
}
