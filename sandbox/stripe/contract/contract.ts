import type { Exchange, Inspector } from "../http/inspector";
import { Addresses } from "./addresses";
import { inTodaysTerms, isBeyondTheSdk } from "./beyond-the-sdk";
import { ContractCache } from "./cache";
import { type Complaint, complaints } from "./complaints";
import { objectsIn } from "./objects";

/** Something that real Stripe would not have said, or not have been asked. */
export interface Violation extends Complaint {
  /** `answer of POST /v1/customers (Customer.create)` */
  where: string;
  /** `response`, `customer`, `payment_intent` …: what {@link Complaint.at} is inside of. */
  inside: string;
}

/** Holds everything the stand-in takes and says to the types of the installed `stripe` package. */
export class Contract implements Inspector {
  readonly #addresses: Addresses;
  readonly #cache: ContractCache;

  /** @param report is told of every violation */
  constructor(
    cache: ContractCache,
    private readonly report: (violation: Violation) => void,
  ) {
    this.#addresses = new Addresses(cache.addresses());
    this.#cache = cache;
  }

  answered(exchange: Exchange): void {
    const { method, path, status, publishable } = exchange;
    const answer: unknown = JSON.parse(exchange.body);
    const address = this.#addresses.find(method, path);
    const where = address ? `${method} ${address.path} (${address.name})` : `${method} ${path}`;
    // What is declined with 402 was understood and done.
    if (status < 400 || status === 402) {
      // Some addresses are asked by Stripe.js only: the SDK does not know them.
      if (!address && !publishable && !isBeyondTheSdk(path))
        this.#say(where, { at: "", wrong: "Stripe has no such address", value: "" });
      if (address?.params && !publishable) this.#params(`request ${where}`, address.params, exchange);
    }
    const root = status < 400 ? address?.response : "error";
    if (root) this.#check(`answer of ${where}`, root, "answer", answer, publishable);
    this.#objects(`answer of ${where}`, answer, publishable);
  }

  /** @param event as it is on the wire */
  emitted(event: object): void {
    this.#objects(`event ${Reflect.get(event, "type")}`, event, false);
  }

  #params(where: string, schema: string, { params, version }: Exchange): void {
    const own = version === null ? inTodaysTerms(schema.replace("params ", ""), params) : params;
    this.#check(where, schema, "parameters", own, false);
  }

  /** Every object of the API by its own type, wherever it is. */
  #objects(where: string, value: unknown, partial: boolean): void {
    for (const { kind, object } of objectsIn(value))
      this.#check(where, `object ${kind}`, object.object, object, partial);
  }

  /** @param partial a browser is shown a part of an object only: nothing need be there */
  #check(where: string, schema: string, inside: string, value: unknown, partial: boolean): void {
    const known = this.#cache.schema(schema);
    if (!known) this.#say(where, { at: "", wrong: "Stripe has no such object", value: "" }, inside);
    else for (const complaint of complaints(known, value, partial)) this.#say(where, complaint, inside);
  }

  #say(where: string, complaint: Complaint, inside = ""): void {
    this.report({ where, inside, ...complaint });
  }
}

/** @param report is told of every violation, when it happens */
export async function openContract(report: (violation: Violation) => void): Promise<Contract> {
  return new Contract(await ContractCache.open(), report);
}
