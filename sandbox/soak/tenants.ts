import { systemDb } from "@/db/client";
import { createToken } from "@/lib/auth/tokens";
import { ensureUser } from "@/lib/auth/users";
import { adjust } from "@/lib/balance/commands";
import { createClient } from "@/lib/client/client";
import type { Client } from "@/lib/client/types";
import { newId } from "@/lib/ids";
import { toCurrency } from "@/lib/money/currency";
import { toMinor } from "@/lib/money/minor";
import { addMember, createTenant } from "@/lib/tenants/commands";
import type { Random } from "../simulator/random";
import type { RuleTerms } from "../simulator/story/types";
import { SimulatedTenant } from "../simulator/tenant";
import type { Fleet } from "./fleet";

export const PASSWORD = "evenkeel-soak";
const ZONES = ["UTC", "America/New_York", "Asia/Shanghai"];
/** Enough to outlive a restart of what was asked, and the minute for which a killed request keeps its idempotency key. */
const RETRIES = 150;

/** A machine that does other things as well is slow; that is no fault of the product. */
const LONGEST_ANSWER_MS = 90_000;

/** A customer under load: what the simulator's checks know of one, and a client of the API per kind of call. */
export type LoadedTenant = {
  tenant: SimulatedTenant;
  email: string;
  /** The product's own client, its tries timed under `kind`. */
  client: (kind: string) => Client;
  methods: string[];
  cookie: string | null;
};

export function drawTerms(random: Random): RuleTerms {
  const minMinor = random.between(20, 60) * 100;
  const maybe = (chance: number, value: number) => (random.chance(chance) ? value : null);
  return {
    enabled: true,
    minMinor,
    targetMinor: minMinor + random.between(60, 120) * 100,
    limits: {
      minChargeMinor: null,
      maxChargeMinor: maybe(0.2, 500_000),
      maxPerDayMinor: maybe(0.1, 300_000),
      maxChargesPerDay: maybe(0.1, 25),
      maxPerMonthMinor: maybe(0.1, 1_000_000),
      minIntervalMinutes: maybe(0.25, 1),
    },
    method: null,
    backup: null,
    consent: true,
  };
}

/** Makes a tenant with an owner who can sign in, a token for everything and some credit. */
export async function makeTenant(index: number, random: Random, fleet: Fleet): Promise<LoadedTenant> {
  const timeZone = random.pick(ZONES);
  const email = `owner-${index}@soak.test`;
  const slug = `soak-${index}`;
  const creditMinor = random.between(50, 100) * 100;
  const { tenantId, userId } = await systemDb().transaction(async (tx) => {
    const id = await createTenant(tx, { slug, name: `Soak ${index}`, currency: toCurrency("USD"), timeZone });
    const person = await ensureUser(tx, { email, name: `Owner ${index}`, password: PASSWORD });
    await addMember(tx, id, person.userId, "owner");
    return { tenantId: id, userId: person.userId };
  });
  const plan = { timeZone, currency: "USD", creditMinor, floorMinor: null, cards: [], terms: null };
  const tenant = new SimulatedTenant(index, tenantId, plan);
  const input = { tenantId, amountMinor: toMinor(creditMinor), reason: "soak", sourceId: newId() };
  await adjust({ ...tenant.scope, role: "operator" }, input);
  tenant.accepted.adjustedMinor = creditMinor;
  const { jwt } = await createToken(
    { ...tenant.scope, userId, actor: email },
    { name: "soak", role: "admin", scopes: ["balance:write"], expiresInDays: 2 },
  );
  const client = (kind: string) =>
    createClient({
      baseUrl: "http://evenkeel.invalid",
      token: jwt,
      retries: RETRIES,
      timeoutMs: LONGEST_ANSWER_MS,
      fetch: (request) => fleet.send(kind, request),
    });
  return { tenant, email, client, methods: [], cookie: null };
}
