import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { readEnv } from "@/lib/env";
import { contentSecurityPolicy } from "@/lib/http/security-headers";
import { standIn } from "../stripe/testing/stand-in";
import { addressesOf } from "./addresses";
import { checkStripe, stripeClient } from "./check-stripe";
import { readChoice } from "./choice";
import { dataFiles, keepSecrets, keepStripeAccount, prepareDataDir } from "./data-dir";
import { environmentOf } from "./environment";
import { readOptions } from "./options";

const KEYS = { STRIPE_SECRET_KEY: "sk_test_51AbCdEfGhIjKlMnOp", STRIPE_PUBLISHABLE_KEY: "pk_test_51AbCdEfGhIjKlMnOp" };
const PORTS = { app: 3010, postgres: 1, stripe: 2, mail: 3, smtp: 4, inngest: 5 };

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "evenkeel-real-"));
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

/** The environment of the app, as `npm run demo -- --stripe real` makes it. */
function appEnvironment(env: Record<string, string>) {
  const files = dataFiles(folder);
  prepareDataDir(files);
  const choice = readChoice(env, "real");
  const addresses = addressesOf(PORTS, choice);
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
  return readEnv(environmentOf(addresses, choice, files, keepSecrets(files), false));
}

describe("the app", () => {
  test("talks to api.stripe.com, loads js.stripe.com, and its clock stands still", () => {
    const env = appEnvironment(KEYS);
    expect(env).toMatchObject(KEYS);
    expect(env.STRIPE_WEBHOOK_SECRET).toMatch(/^whsec_\w{20,}$/);
    for (const name of ["STRIPE_API_BASE", "STRIPE_JS_URL", "SANDBOX_STRIPE_URL", "EVENKEEL_CLOCK_FILE"] as const)
      expect({ name, value: env[name] }).toEqual({ name, value: undefined });
    expect(addressesOf(PORTS, readChoice(KEYS, "real")).stripe).toBe("https://api.stripe.com");
    const sdk = stripeClient({ secretKey: KEYS.STRIPE_SECRET_KEY, apiBase: null });
    expect(sdk.getApiField("host")).toBe("api.stripe.com");
    const policy = contentSecurityPolicy("nonce", env);
    expect(policy).toMatch(/script-src [^;]*https:\/\/js\.stripe\.com/);
    expect(policy).toMatch(/frame-src [^;]*https:\/\/hooks\.stripe\.com/);
    expect(policy).toMatch(/connect-src 'self' https:\/\/api\.stripe\.com/);
    expect(policy).not.toContain("127.0.0.1");
  });

  test("uses the secret of an endpoint where one is given", () => {
    expect(appEnvironment({ ...KEYS, STRIPE_WEBHOOK_SECRET: "whsec_given" }).STRIPE_WEBHOOK_SECRET).toBe("whsec_given");
  });
});

describe("keys", () => {
  test.each([
    ["live secret", { ...KEYS, STRIPE_SECRET_KEY: "sk_live_1" }, "live"],
    ["live restricted", { ...KEYS, STRIPE_SECRET_KEY: "rk_live_1" }, "live"],
    ["live publishable", { ...KEYS, STRIPE_PUBLISHABLE_KEY: "pk_live_1" }, "live"],
    ["no publishable", { STRIPE_SECRET_KEY: "sk_test_1" }, "STRIPE_PUBLISHABLE_KEY"],
    ["no", {}, "STRIPE_SECRET_KEY"],
    ["swapped", { ...KEYS, STRIPE_SECRET_KEY: "pk_test_1" }, "does not read sk_test_"],
  ])("%s key is refused", (_, env, problem) => {
    expect(() => readChoice(env, "real")).toThrow(problem);
  });

  test("the stand-in can be asked for whatever the environment says, but never beside a live key", () => {
    expect(readChoice(KEYS, "stand-in").stripe).toBeNull();
    expect(() => readChoice({ STRIPE_SECRET_KEY: "sk_live_1" }, "stand-in")).toThrow("live");
  });

  test("a key that Stripe does not accept stops the start with a sentence", async () => {
    const { url, secretKey } = await standIn();
    const real = { publishableKey: "pk_test_1", webhookSecret: null, apiBase: url };
    await expect(checkStripe({ ...real, secretKey })).resolves.toBeUndefined();
    await expect(checkStripe({ ...real, secretKey: "sk_test_wrong" })).rejects.toThrow("does not accept");
  });

  test("what is asked of Stripe goes out with the key that was given", async () => {
    const heard: string[] = [];
    const recorder = createServer((request, response) => {
      heard.push(`${request.method} ${request.url?.split("?")[0]} ${request.headers.authorization}`);
      response.setHeader("content-type", "application/json");
      response.end(JSON.stringify({ object: "list", data: [], has_more: false, url: "/v1/customers" }));
    });
    await new Promise<void>((resolve) => recorder.listen(0, "127.0.0.1", resolve));
    const apiBase = `http://127.0.0.1:${(recorder.address() as AddressInfo).port}`;
    await checkStripe({ secretKey: KEYS.STRIPE_SECRET_KEY, publishableKey: "pk_test_1", webhookSecret: null, apiBase });
    recorder.closeAllConnections();
    recorder.close();
    expect(heard).toEqual([`GET /v1/customers Bearer ${KEYS.STRIPE_SECRET_KEY}`]);
  });
});

describe("the folder", () => {
  test("is another one than the stand-in's", () => {
    expect(readOptions(["--stripe", "real"]).dataDir).toMatch(/\.evenkeel-stripe$/);
    expect(readOptions([], KEYS).dataDir).toMatch(/\.evenkeel-stripe$/);
    expect(readOptions(["--stripe", "stand-in"], KEYS).dataDir).toMatch(/\.evenkeel$/);
    expect(readOptions(["--stripe", "real", "--data", "x"]).dataDir).toBe(path.resolve("x"));
    expect(() => readOptions(["--stripe", "fake"])).toThrow("--stripe");
  });

  test("belongs to one account", () => {
    const files = dataFiles(folder);
    prepareDataDir(files);
    keepStripeAccount(files, "sk_test_51AbCdEfGhIjKlMnOpFirst");
    keepStripeAccount(files, "rk_test_51AbCdEfGhIjKlMnOpSecond");
    expect(() => keepStripeAccount(files, "sk_test_51ZzZdEfGhIjKlMnOp")).toThrow("another Stripe account");
    expect(() => keepStripeAccount(files, null)).toThrow("another Stripe account");
  });

  test("of an earlier demo is the stand-in's", () => {
    const files = dataFiles(folder);
    writeFileSync(files.secrets, "{}");
    expect(() => keepStripeAccount(files, KEYS.STRIPE_SECRET_KEY)).toThrow("the Stripe stand-in");
    keepStripeAccount(files, null);
  });
});
