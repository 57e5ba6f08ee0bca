import { type Arm, DISTURBANCES, type Place } from "../faults";
import { Random } from "../random";
import { RECURRING } from "../recurring";
import type { Circumstance, Deed, Item, RuleTerms, Story, TenantPlan } from "./types";

const GOOD = [
  "pm_card_visa",
  "pm_card_mastercard",
  "pm_card_amex",
  "pm_card_discover",
  "pm_card_visa_debit",
  "pm_card_us",
];
const BAD = [
  "pm_card_chargeCustomerFail",
  "pm_card_authenticationRequired",
  "pm_card_authenticationRequiredOnSetup",
  "pm_card_createDispute",
  "pm_card_radarBlock",
];
const BANKS = [
  "pm_usBankAccount_success",
  "pm_usBankAccount_success",
  "pm_usBankAccount_accountClosed",
  "pm_usBankAccount_insufficientFunds",
  "pm_usBankAccount_debitNotAuthorized",
];
const DECLINES = [
  "insufficient_funds",
  "generic_decline",
  "do_not_honor",
  "lost_card",
  "expired_card",
  "try_again_later",
];
const ZONES = ["UTC", "America/New_York", "Asia/Shanghai", "Pacific/Auckland"];

const maybe = <T>(random: Random, chance: number, value: () => T): T | null => (random.chance(chance) ? value() : null);

function terms(random: Random): RuleTerms {
  const minMinor = random.between(0, 20) * 1_000;
  const gap = random.between(10, 60) * 1_000 + random.between(0, 99);
  const least = Math.ceil((gap + 1) * 1.03) + 1;
  return {
    enabled: random.chance(0.92),
    minMinor,
    targetMinor: minMinor + gap,
    limits: {
      minChargeMinor: maybe(random, 0.1, () => random.between(100, least)),
      maxChargeMinor: maybe(random, 0.2, () => least + random.between(0, 2 * gap)),
      maxPerDayMinor: maybe(random, 0.4, () => least + random.between(0, 4 * gap)),
      maxChargesPerDay: maybe(random, 0.4, () => random.between(1, 4)),
      maxPerMonthMinor: maybe(random, 0.3, () => least + random.between(0, 6 * gap)),
      minIntervalMinutes: maybe(random, 0.5, () => random.pick([1, 10, 60, 240])),
    },
    method: maybe(random, 0.3, () => random.between(0, 3)),
    backup: maybe(random, 0.3, () => random.between(0, 3)),
    consent: random.chance(0.97),
  };
}

function tenantPlan(random: Random): TenantPlan {
  const wanted = terms(random);
  const cards = [random.pick(random.chance(0.85) ? GOOD : BAD)];
  if (random.chance(0.35)) cards.push(random.pick([...GOOD, ...BAD]));
  if (random.chance(0.15)) cards.unshift(random.pick(BANKS));
  return {
    timeZone: random.pick(ZONES),
    currency: "USD",
    creditMinor: random.between(0, wanted.targetMinor),
    floorMinor: maybe(random, 0.15, () => -random.between(0, 50) * 1_000),
    cards,
    terms: maybe(random, 0.9, () => ({ ...wanted, enabled: true, consent: true })),
  };
}

function arm(random: Random): Arm {
  const place = random.weighted<Place>({ stripe: 2, write: 4, money: 5, database: 2, commit: 3, events: 1, any: 5 });
  const reach: Record<Place, number> = { stripe: 4, write: 2, money: 1, database: 40, commit: 8, events: 3, any: 60 };
  return {
    place,
    nth: random.between(1, reach[place]),
    times: random.chance(0.3) ? random.between(2, 4) : 1,
    what: random.pick(DISTURBANCES[place]),
  };
}

const DEEDS: { [K in Deed["do"]]: number } = {
  debit: 50,
  batch: 4,
  hold: 4,
  capture: 4,
  release: 2,
  adjust: 3,
  burst: 4,
  "top-up": 7,
  rule: 6,
  "rule-off": 2,
  card: 4,
  bank: 2,
  default: 2,
  remove: 2,
  decline: 6,
  refund: 7,
  "refund-at-stripe": 2,
  dispute: 3,
  "decide-dispute": 3,
  authenticate: 4,
  subscribe: 6,
  usage: 14,
  "cancel-plan": 1,
  "stop-tenant": 1,
  brake: 1,
};

const OF_PLANS: ReadonlySet<Deed["do"]> = new Set(["subscribe", "usage", "cancel-plan"]);

function deed(random: Random, plans: readonly TenantPlan[], sold: boolean): Deed {
  const tenant = random.between(0, plans.length - 1);
  const target = plans[tenant]?.terms?.targetMinor ?? 30_000;
  const nth = random.between(0, 5);
  const amountMinor = random.between(1, Math.ceil(target * random.pick([0.2, 0.7, 1.3])));
  let what = random.weighted(DEEDS);
  while (!sold && OF_PLANS.has(what)) what = random.weighted(DEEDS);
  switch (what) {
    case "debit":
      return { do: what, tenant, amountMinor, copies: random.chance(0.15) ? 2 : 1 };
    case "batch":
    case "burst":
      return {
        do: what,
        tenant,
        amountsMinor: Array.from({ length: random.between(2, 5) }, () => random.between(1, 3_000)),
      };
    case "hold":
      return { do: what, tenant, amountMinor, seconds: random.pick([60, 3_600, 86_400, 14 * 86_400]) };
    case "capture":
      return { do: what, tenant, nth, share: random.pick([1, 1, 0.5]) };
    case "adjust":
      return { do: what, tenant, amountMinor: random.chance(0.5) ? amountMinor : -amountMinor };
    case "top-up":
      return { do: what, tenant, amountMinor: maybe(random, 0.7, () => random.between(500, 40_000)) };
    case "rule":
      return { do: what, tenant, terms: terms(random) };
    case "card":
      return { do: what, tenant, literal: random.pick(random.chance(0.7) ? GOOD : BAD) };
    case "bank":
      return { do: what, tenant, literal: random.pick(BANKS) };
    case "decline":
      return { do: what, tenant, nth, declineCode: random.pick(DECLINES), times: random.between(1, 5) };
    case "refund":
      return { do: what, tenant, nth, share: maybe(random, 0.8, () => random.pick([0.02, 0.1, 0.3, random.unit()])) };
    case "refund-at-stripe":
      return { do: what, tenant, nth, share: random.pick([0.1, random.unit()]) };
    case "decide-dispute":
      return { do: what, tenant, nth, outcome: random.pick(["won", "lost"]) };
    case "authenticate":
      return { do: what, tenant, outcome: random.pick(["success", "success", "fail"]) };
    case "subscribe":
      return { do: what, tenant, trial: random.chance(0.3) };
    case "usage":
      return { do: what, tenant, quantity: random.between(1, 25_000), copies: random.chance(0.2) ? 2 : 1 };
    case "cancel-plan":
      return { do: what, tenant, when: random.pick(["now", "period_end"]) };
    case "stop-tenant":
      return { do: what, tenant, stopped: random.chance(0.4) };
    case "brake":
      return { do: what, stopAll: random.chance(0.3), dryRun: random.chance(0.2) };
    case "rule-off":
      return { do: what, tenant };
    default:
      return { do: what, tenant, nth };
  }
}

/** Often something is spent right after a fault was laid: it is to meet a charge. */
function soonLow(random: Random, plans: readonly TenantPlan[]): Item[] {
  if (random.chance(0.4)) return [];
  const tenant = random.between(0, plans.length - 1);
  const most = plans[tenant]?.terms?.targetMinor ?? 30_000;
  return [{ do: "debit", tenant, amountMinor: random.between(Math.ceil(most / 2), most), copies: 1, steps: 120 }];
}

function passing(random: Random): Circumstance {
  const [low, high] = random.pick([
    [1, 30],
    [1, 30],
    [1, 30],
    [30, 240],
    [240, 1_500],
    [1_500, 6_000],
  ] as const);
  return { do: "pass", minutes: random.between(low, high), looks: random.between(0, 3) };
}

/** Makes up the story of a seed. @param seed any text */
export function generate(seed: string): Story {
  const random = new Random(`${seed}/story`);
  const tenants = Array.from({ length: random.pick([1, 1, 2]) }, () => tenantPlan(random));
  const plans = random.chance(0.25);
  const rough = random.pick([0, 0.08, 0.2]);
  const items: Item[] = [];
  for (let left = random.between(12, 40); left > 0; left--) {
    const steps = random.pick([0, 3, 10, 40, 120]);
    if (random.chance(rough)) items.push({ do: "fault", arm: arm(random), steps: 0 }, ...soonLow(random, tenants));
    if (random.chance(0.22)) items.push({ ...passing(random), steps: 0 });
    else if (random.chance(0.06)) items.push({ do: "ring", job: random.pick(RECURRING), steps });
    else if (rough > 0 && random.chance(0.02))
      items.push({ do: "outage", minutes: random.pick([10, 120, 1_600]), steps: 0 });
    else {
      const next = deed(random, tenants, plans);
      items.push({ ...next, steps });
      // Money goes back in parts, and one part is no test of the next.
      if (next.do === "refund" && random.chance(0.6)) items.push({ ...next, share: 0.1, steps });
    }
  }
  const started = Date.UTC(2026, 9, 1) + random.between(0, 60 * 86_400) * 1_000 + random.between(0, 999);
  return {
    seed,
    startsAt: new Date(started).toISOString(),
    tenants,
    executor: { twice: random.pick([0, 0.2]), again: random.pick([0, 0.1]), delayMs: random.pick([0, 2_000, 600_000]) },
    post: { lost: random.pick([0, 0.3]), doubled: random.pick([0, 0.4]), delayMs: random.pick([0, 5_000, 3_600_000]) },
    items,
    plans,
    calm: false,
  };
}
