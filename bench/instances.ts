import { fork } from "node:child_process";
import path from "node:path";
import type { Verbs } from "./instance";

type Answer = { id: number; answer?: unknown; error?: string };

/** An instance of the product in a process of its own, called over the process's own channel. */
export type Instance = {
  call<V extends keyof Verbs>(verb: V, tenantId?: string): Promise<Awaited<ReturnType<Verbs[V]>>>;
  stop(): Promise<void>;
};

/** @param env what differs from this process's environment */
export function startInstance(env: Record<string, string>): Instance {
  const child = fork(path.join(import.meta.dirname, "instance.ts"), {
    execArgv: ["--import", "tsx"],
    env: { ...process.env, ...env },
  });
  const waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  let calls = 0;
  child.on("message", ({ id, answer, error }: Answer) => {
    const caller = waiting.get(id);
    waiting.delete(id);
    if (error) caller?.reject(new Error(error));
    else caller?.resolve(answer);
  });
  const ended = new Promise<void>((done) => child.once("exit", () => done()));
  void ended.then(() => {
    for (const caller of waiting.values()) caller.reject(new Error("the instance ended"));
  });
  return {
    call: (verb, tenantId = "") =>
      new Promise((resolve, reject) => {
        calls += 1;
        waiting.set(calls, { resolve: resolve as (value: unknown) => void, reject });
        child.send({ id: calls, verb, tenantId });
      }),
    async stop() {
      if (child.connected) child.disconnect();
      await ended;
    },
  };
}

/** Does the same for each, so many at a time. */
export async function forEach<T>(
  list: readonly T[],
  atOnce: number,
  work: (item: T, index: number) => Promise<unknown>,
) {
  let next = 0;
  const lane = async () => {
    for (let index = next++; index < list.length; index = next++) await work(list[index] as T, index);
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
}
