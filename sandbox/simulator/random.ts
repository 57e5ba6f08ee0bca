import crypto from "node:crypto";
import { syncBuiltinESMExports } from "node:module";

/** Numbers that a seed decides: the same seed, the same numbers, on every machine. */
export class Random {
  #state: [number, number, number, number];

  /** @param seed any text; streams of one run take the run's seed and a name of their own */
  constructor(seed: string) {
    const digest = crypto.createHash("sha256").update(seed).digest();
    this.#state = [digest.readUInt32LE(0), digest.readUInt32LE(4), digest.readUInt32LE(8), digest.readUInt32LE(12)];
  }

  /** The next 32 bits (sfc32). */
  #next(): number {
    const [a, b, c, d] = this.#state;
    const t = (a + b + d) | 0;
    this.#state = [b ^ (b >>> 9), (c + (c << 3)) | 0, (((c << 21) | (c >>> 11)) + t) | 0, (d + 1) | 0];
    return t >>> 0;
  }

  /** At least 0, below 1. */
  unit(): number {
    return this.#next() / 2 ** 32;
  }

  /** A whole number from `low` to `high`, both included. */
  between(low: number, high: number): number {
    return low + Math.floor(this.unit() * (high - low + 1));
  }

  chance(probability: number): boolean {
    return this.unit() < probability;
  }

  pick<T>(items: readonly T[]): T {
    if (items.length === 0) throw new RangeError("nothing to pick from");
    return items[this.between(0, items.length - 1)] as T;
  }

  /** One of the names, as often as its weight says. */
  weighted<K extends string>(weights: Record<K, number>): K {
    const entries = Object.entries(weights) as [K, number][];
    let left = this.unit() * entries.reduce((sum, [, weight]) => sum + weight, 0);
    for (const [name, weight] of entries) {
      left -= weight;
      if (left < 0) return name;
    }
    return (entries.at(-1) as [K, number])[0];
  }

  fill(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length; at++) bytes[at] = this.#next() & 0xff;
  }
}

let current: Random | null = null;

/** From now on everything random in this process comes from the stream; null gives real randomness back. */
export function drawFrom(stream: Random | null): void {
  current = stream;
}

type Fillable = ArrayBufferView & { buffer: ArrayBufferLike };
const bytesOf = (view: Fillable) => new Uint8Array(view.buffer, view.byteOffset, view.byteLength);

/** Puts the seeded stream in the place of every source of randomness that the product or its libraries use. Once per process. */
export function seedEverything(): void {
  const real = { random: Math.random, fill: crypto.randomFillSync, bytes: crypto.randomBytes };
  const realValues = globalThis.crypto.getRandomValues.bind(globalThis.crypto);
  Math.random = () => (current ? current.unit() : real.random());
  const values = <T extends Fillable>(view: T): T => {
    if (current) current.fill(bytesOf(view));
    else realValues(bytesOf(view) as Uint8Array<ArrayBuffer>);
    return view;
  };
  globalThis.crypto.getRandomValues = values as typeof globalThis.crypto.getRandomValues;
  const uuid = () => {
    const bytes = Buffer.alloc(16);
    values(bytes);
    const hex = bytes.toString("hex");
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}` as const;
  };
  globalThis.crypto.randomUUID = uuid;
  Object.assign(crypto, {
    randomFillSync: (view: Fillable) => (current ? values(view) : real.fill(bytesOf(view))),
    randomBytes: (size: number) => (current ? Buffer.from(values(Buffer.alloc(size))) : real.bytes(size)),
    randomUUID: uuid,
  });
  syncBuiltinESMExports();
}
