import type { Plan, PlanId } from "../types";

const version = "2026-11";

/** Yearly is ten months' price: two are free. */
export const VERSION_2026_11: Readonly<Record<PlanId, Plan>> = {
  free: {
    id: "free",
    version,
    rank: 0,
    prices: null,
    quotas: { messages: { included: 1_000, overage: null }, api_calls: { included: 5_000, overage: null } },
    hasTrial: false,
  },
  starter: {
    id: "starter",
    version,
    rank: 1,
    prices: {
      monthly: { USD: "29", EUR: "27", GBP: "23", JPY: "4300", CNY: "199", KWD: "9" },
      yearly: { USD: "290", EUR: "270", GBP: "230", JPY: "43000", CNY: "1990", KWD: "90" },
    },
    quotas: {
      messages: {
        included: 10_000,
        overage: { USD: "0.004", EUR: "0.0037", GBP: "0.0032", JPY: "0.6", CNY: "0.028", KWD: "0.0012" },
      },
      api_calls: {
        included: 100_000,
        overage: { USD: "0.0002", EUR: "0.00018", GBP: "0.00016", JPY: "0.03", CNY: "0.0014", KWD: "0.00006" },
      },
    },
    hasTrial: true,
  },
  professional: {
    id: "professional",
    version,
    rank: 2,
    prices: {
      monthly: { USD: "99", EUR: "92", GBP: "79", JPY: "14800", CNY: "690", KWD: "30" },
      yearly: { USD: "990", EUR: "920", GBP: "790", JPY: "148000", CNY: "6900", KWD: "300" },
    },
    quotas: {
      messages: {
        included: 100_000,
        overage: { USD: "0.003", EUR: "0.0028", GBP: "0.0024", JPY: "0.45", CNY: "0.021", KWD: "0.0009" },
      },
      api_calls: {
        included: 1_000_000,
        overage: { USD: "0.00015", EUR: "0.00014", GBP: "0.00012", JPY: "0.022", CNY: "0.001", KWD: "0.000045" },
      },
    },
    hasTrial: true,
  },
  enterprise: {
    id: "enterprise",
    version,
    rank: 3,
    prices: {
      monthly: { USD: "299", EUR: "279", GBP: "239", JPY: "44800", CNY: "2090", KWD: "92" },
      yearly: { USD: "2990", EUR: "2790", GBP: "2390", JPY: "448000", CNY: "20900", KWD: "920" },
    },
    quotas: { messages: { included: null, overage: null }, api_calls: { included: null, overage: null } },
    hasTrial: true,
  },
};
