import Stripe from "stripe";
import { now } from "@/lib/clock";
import { STRIPE_RETRIES, STRIPE_TIMEOUT_MS } from "@/lib/stripe/client";
import { Account } from "../../stripe/account";
import { addFaults, clearFaults } from "../../stripe/control/faults";
import type { Answer } from "../../stripe/http/answer";
import { Api } from "../../stripe/http/api";
import { decodeForm } from "../../stripe/http/form";
import { RequestLog } from "../../stripe/http/request-log";
import { ROUTES } from "../../stripe/routes";
import { forgetDrawnBytes } from "../../stripe/state/ids";
import { perform } from "../../stripe/time/perform";
import type { Disturbance } from "../faults";
import type { Random } from "../random";
import { currentTask, outsideTasks, type Scheduler, type Task } from "../scheduler";

const KEYS = { secretKey: "sk_test_standin_simulator", publishableKey: "pk_test_standin_simulator" };
/** A request that was given up may still be on its way so long; the product counts on an hour. */
const LATEST_ARRIVAL_MS = 40 * 60_000;
const STATUSES: Partial<Record<Disturbance, number>> = { "500": 500, "429": 429, "409": 409 };

type Wire = { method: string; path: string; headers: Record<string, string>; body: string };

/** The stand-in of Stripe in this process: no server, no connection, no time of its own. */
export class StripeSeam {
  account: Account;
  #api: Api;
  /** Hears of what is not right the moment it happens. */
  onViolation: (text: string) => void = () => {};
  /** Hears of every payment that has just been made or begun. */
  onPayment: (intentId: string) => Promise<void> = async () => {};
  #inFlight = new Map<string, Task>();

  constructor(
    private readonly scheduler: Scheduler,
    private readonly random: Random,
  ) {
    forgetDrawnBytes();
    this.account = new Account(KEYS, null);
    this.account.publicUrl = "http://stripe.invalid";
    this.#api = new Api(this.account, ROUTES, new RequestLog(null));
  }

  /** Does what banks and time bring about by now. */
  performDue(): void {
    for (;;) {
      const work = this.account.agenda.next(null);
      if (!work || work.dueAtMs > now().getTime()) return;
      this.scheduler.note(`at Stripe: ${work.kind}`);
      perform(this.account, work);
    }
  }

  /** What the API answers, without anything in between: for the simulator's own hands. */
  async ask(method: string, path: string, params: Record<string, string> = {}, key = KEYS.secretKey): Promise<Answer> {
    const body = new URLSearchParams(params).toString();
    return this.#work({ method, path, headers: { authorization: `Bearer ${key}` }, body }, null);
  }

  async #work(wire: Wire, fault: Disturbance | null): Promise<Answer> {
    const url = new URL(wire.path, this.account.publicUrl);
    const status = fault ? STATUSES[fault] : undefined;
    if (status) addFaults(this.account, { do: "status", status });
    const outcome = await this.#api.respond({
      method: wire.method,
      path: url.pathname,
      headers: wire.headers,
      params: decodeForm(new URLSearchParams(wire.method === "POST" ? wire.body : url.search)),
      ipAddress: "127.0.0.1",
    });
    if (status) clearFaults(this.account);
    if (typeof outcome === "string") throw new Error("the stand-in has no connection to lose here");
    return outcome;
  }

  /** A request arrives: the moment that counts, whether anybody hears of the answer or not. */
  async #arrive(wire: Wire, fault: Disturbance | null): Promise<Answer> {
    const answer = await this.#work(wire, fault);
    if (wire.method === "POST" && answer.status < 300 && answer.headers["idempotent-replayed"] !== "true") {
      const made = JSON.parse(answer.body) as { id: string; object: string; status: string };
      const isPaid = made.object === "payment_intent" && ["succeeded", "processing"].includes(made.status);
      if (isPaid) await outsideTasks(() => this.onPayment(made.id));
    }
    return answer;
  }

  /** Two that are alive must never ask with the same key at once: one of them believes the other dead. */
  #takeOff(wire: Wire): () => void {
    const key = wire.headers["idempotency-key"];
    const task = currentTask();
    if (!key || !task || !/^\/v1\/(payment_intents|refunds)/.test(wire.path)) return () => {};
    const other = this.#inFlight.get(key);
    if (other && other !== task && !other.outcome && !other.stalled && !task.stalled)
      this.onViolation(
        `two processes ask Stripe with the key ${key} at once: a lease is shorter than the work it covers`,
      );
    this.#inFlight.set(key, task);
    return () => {
      if (this.#inFlight.get(key) === task) this.#inFlight.delete(key);
    };
  }

  /** One request of the product, with everything that a network can do to it. */
  async send(wire: Wire): Promise<Answer> {
    const land = this.#takeOff(wire);
    try {
      const text = `${wire.method} ${wire.path.split("?")[0]}`;
      const what = await this.scheduler.turn({ kind: "stripe", text, write: wire.method === "POST" });
      const hear = (afterMs = 0) => this.scheduler.turn({ kind: "answer", text }, afterMs);
      if (what === "timeout_before" || what === "late" || what === "timeout_after") {
        if (what === "timeout_after") await this.#arrive(wire, null);
        if (what === "late") this.#arriveLater(wire);
        await hear(STRIPE_TIMEOUT_MS);
        throw Stripe.HttpClient.makeTimeoutError();
      }
      const answer = what === "reset_before" ? null : await this.#arrive(wire, what);
      await hear();
      if (!answer || what === "reset_after") throw Object.assign(new Error("socket hang up"), { code: "ECONNRESET" });
      this.scheduler.note(`  Stripe: ${answer.status}${answer.status >= 400 ? ` ${codeOf(answer)}` : ""}`);
      return answer;
    } finally {
      land();
    }
  }

  #arriveLater(wire: Wire): void {
    this.scheduler.pending.push({
      text: `a request given up long ago arrives: ${wire.method} ${wire.path}`,
      notBeforeMs: now().getTime() + this.random.between(STRIPE_TIMEOUT_MS, LATEST_ARRIVAL_MS),
      begin: () => void this.#arrive(wire, null),
    });
  }
}

function codeOf(answer: Answer): string {
  const { error } = JSON.parse(answer.body) as { error?: { code?: string; decline_code?: string } };
  return error?.decline_code ?? error?.code ?? "";
}

class SimulatedResponse {
  constructor(private readonly answer: Answer) {}
  getStatusCode = () => this.answer.status;
  getHeaders = () => this.answer.headers;
  getRawResponse = () => this.answer;
  toStream = () => {
    throw new Error("nothing is streamed");
  };
  toJSON = async () => JSON.parse(this.answer.body) as unknown;
}

/** Makes the product's Stripe client talk to whichever stand-in the run has. @param seam the one of now */
export function installStripe(seam: () => StripeSeam): void {
  const httpClient = {
    getClientName: () => "simulator",
    async makeRequest(
      _host: string,
      _port: string,
      path: string,
      method: string,
      headers: Record<string, string | number>,
      body: string | null,
    ) {
      const lower = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]);
      return new SimulatedResponse(
        await seam().send({ method, path, headers: Object.fromEntries(lower), body: body ?? "" }),
      );
    },
  };
  const evenkeelStripe = new Stripe(KEYS.secretKey, {
    timeout: STRIPE_TIMEOUT_MS,
    maxNetworkRetries: STRIPE_RETRIES,
    telemetry: false,
    httpClient: httpClient as unknown as Stripe.HttpClient,
  });
  Object.assign(globalThis, { evenkeelStripe });
}
