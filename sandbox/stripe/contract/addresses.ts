import type { Address } from "./package/generate";

/** Finds the address of Stripe's API that a request went to. */
export class Addresses {
  constructor(readonly all: readonly Address[]) {}

  /** A literal step wins over a name, so that `/search` is not taken for an id. */
  find(method: string, path: string): Address | null {
    const steps = path.split("/");
    const fitting = this.all.filter((address) => address.method === method && fits(address.path.split("/"), steps));
    const names = (address: Address) => address.path.split(":").length;
    return fitting.sort((one, other) => names(one) - names(other))[0] ?? null;
  }
}

function fits(pattern: string[], steps: string[]): boolean {
  return pattern.length === steps.length && pattern.every((part, at) => part.startsWith(":") || part === steps[at]);
}
