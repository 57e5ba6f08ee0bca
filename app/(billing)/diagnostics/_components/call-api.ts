const BASE = "/api/v1/billing";
const PATIENCE_MS = 10_000;

export type ApiCall = { method: "GET" | "POST"; path: string; body?: unknown };
export type ApiAnswer = { ok: boolean; status: number | null; ms: number; requestId: string | null; body: string };

export const API_CALLS: ApiCall[] = [
  { method: "GET", path: `${BASE}/balance` },
  {
    method: "POST",
    path: `${BASE}/balance/auto-recharge/preview`,
    body: { minBalance: "150.00", targetBalance: "600.00", balance: "-50.00" },
  },
  { method: "GET", path: `${BASE}/balance/recharges?limit=3` },
  { method: "GET", path: `${BASE}/balance/decisions?limit=3` },
  { method: "GET", path: `${BASE}/balance/entries?limit=3` },
  { method: "GET", path: `${BASE}/payment-methods` },
  { method: "GET", path: "/api/health/ready" },
];

const pretty = (text: string): string => {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
};

/** Makes a call and tells what came back, also when nothing did. */
export async function callApi({ method, path, body }: ApiCall): Promise<ApiAnswer> {
  const startedAt = performance.now();
  const took = () => Math.round(performance.now() - startedAt);
  try {
    const response = await fetch(path, {
      method,
      signal: AbortSignal.timeout(PATIENCE_MS),
      ...(body === undefined ? {} : { headers: { "content-type": "application/json" }, body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return {
      ok: response.ok,
      status: response.status,
      ms: took(),
      requestId: response.headers.get("x-request-id"),
      body: pretty(text),
    };
  } catch (error) {
    return { ok: false, status: null, ms: took(), requestId: null, body: String(error) };
  }
}
