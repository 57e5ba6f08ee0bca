import Stripe from "stripe";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { RunningStripe } from "../server";
import { expectNoViolations, startChecked } from "../testing/checked";

let server: RunningStripe;
let stripe: Stripe;

beforeAll(async () => {
  server = await startChecked();
  const { hostname, port } = new URL(server.url);
  stripe = new Stripe(server.secretKey, { host: hostname, port, protocol: "http", telemetry: false });
});
afterEach(expectNoViolations);
afterAll(() => server.close());

interface Page {
  status: number;
  text: string;
  location: string;
  headers: Headers;
}

async function open(address: string, form?: Record<string, string>, language = "en"): Promise<Page> {
  const response = await fetch(new URL(address, server.url), {
    redirect: "manual",
    headers: { "accept-language": language },
    ...(form && { method: "POST", body: new URLSearchParams(form) }),
  });
  const { status, headers } = response;
  return { status, headers, text: await response.text(), location: headers.get("location") ?? "" };
}

async function portal(options: Partial<Stripe.BillingPortal.SessionCreateParams> = {}) {
  const customer = await stripe.customers.create();
  const session = await stripe.billingPortal.sessions.create({
    customer: customer.id,
    return_url: "https://app.test/billing",
    ...options,
  });
  const defaultOf = async () => {
    const found = await stripe.customers.retrieve(customer.id);
    return found.deleted ? null : found.invoice_settings.default_payment_method;
  };
  const methods = async () => (await stripe.customers.listPaymentMethods(customer.id)).data;
  return { customer, url: session.url, defaultOf, methods };
}

const CARD = { number: "4242 4242 4242 4242", expiry: "12/34", cvc: "123" };
const BANK = {
  name: "Olivia Stone",
  routingNumber: "110000000",
  accountNumber: "000123456789",
  accountType: "checking",
};

describe("scripts and frames", () => {
  it("serves the script with its own address in it, and nothing of the server", async () => {
    const { status, text, headers } = await open("/js/endive/stripe.js");
    expect(status).toBe(200);
    expect(headers.get("content-type")).toMatch(/javascript/);
    expect(text).toContain(server.url);
    expect(text).toContain('Stripe.version = "endive"');
    expect(text).not.toMatch(/@@|node:|process\.env/);
  });

  it("lets any page frame the card fields, and lets them talk to nobody else", async () => {
    const policy = (await open("/elements/payment")).headers.get("content-security-policy") ?? "";
    expect(policy).toContain("frame-ancestors *");
    expect(policy).toContain("connect-src 'self'");
    expect(policy).toContain("form-action 'none'");
  });
});

describe("portal", () => {
  it("shows an empty account, in the session's language before the browser's", async () => {
    const { url } = await portal({ locale: "zh" });
    const page = await open(url);
    expect(page.text).toContain("管理您的账单");
    expect(page.text).toContain("替身");
    expect(page.text).toContain('href="https://app.test/billing"');
    expect(page.headers.get("content-security-policy")).toContain("frame-ancestors 'none'");
    expect((await open((await portal()).url, undefined, "zh-CN,zh;q=0.9")).text).toContain("管理您的账单");
    expect((await open("/p/session/bps_nobody")).status).toBe(404);
  });

  it("adds a first card and makes it the default; a second one waits to be chosen", async () => {
    const { url, methods, defaultOf } = await portal();
    expect(await open(`${url}/card`, CARD)).toMatchObject({
      status: 303,
      location: expect.stringMatching(/done=added$/),
    });
    const [first] = await methods();
    expect(await defaultOf()).toBe(first?.id);
    await open(`${url}/card`, { ...CARD, number: "5555555555554444" });
    const [second] = await methods();
    expect(second?.card?.brand).toBe("mastercard");
    expect(await defaultOf()).toBe(first?.id);
    await open(`${url}/default`, { method: second?.id ?? "" });
    expect(await defaultOf()).toBe(second?.id);
    await open(`${url}/remove`, { method: first?.id ?? "" });
    expect((await methods()).map(({ id }) => id)).toEqual([second?.id]);
  });

  it("says what is wrong in place and never repeats a number", async () => {
    const { url, methods } = await portal();
    const wrong = await open(`${url}/card`, { number: "4242424242424241", expiry: "01/20", cvc: "98", name: '"><b>x' });
    expect(wrong.status).toBe(400);
    expect(wrong.text).toContain("Your card number is invalid.");
    expect(wrong.text).toContain("expiration year is in the past");
    expect(wrong.text).toContain("security code is incomplete");
    expect(wrong.text).not.toContain("4242424242424241");
    expect(wrong.text).not.toContain("<b>x");
    const declined = await open(`${url}/card`, { ...CARD, number: "4000000000009995" }, "zh");
    expect(declined.status).toBe(402);
    expect(declined.text).toContain("您的银行卡余额不足。");
    expect(await methods()).toEqual([]);
  });

  it("touches no method of another customer", async () => {
    const mine = await portal();
    const theirs = await portal();
    await open(`${theirs.url}/card`, CARD);
    const [card] = await theirs.methods();
    await open(`${mine.url}/remove`, { method: card?.id ?? "" });
    await open(`${mine.url}/default`, { method: card?.id ?? "" });
    expect(await theirs.methods()).toHaveLength(1);
    expect(await mine.defaultOf()).toBeNull();
  });

  it.each([
    ["success", "added", 1],
    ["fail", "notAdded", 0],
  ])("asks the bank first: %s", async (outcome, done, count) => {
    const { url, methods } = await portal();
    const asked = await open(`${url}/card`, { ...CARD, number: "4000002500003155" });
    expect(asked.location).toMatch(/^\/challenge\/seti_/);
    expect((await open(asked.location)).text).toContain("COMPLETE");
    expect(await methods()).toHaveLength(0);
    const answered = await open(asked.location, { outcome });
    expect((await open(answered.location)).location).toMatch(new RegExp(`done=${done}$`));
    expect(await methods()).toHaveLength(count);
  });

  it("takes a bank account at once, or after its micro-deposits", async () => {
    const instant = await portal();
    await open(`${instant.url}/bank`, { ...BANK, verification: "instant" });
    expect((await instant.methods())[0]?.us_bank_account?.last4).toBe("6789");

    const slow = await portal();
    const waiting = await open(`${slow.url}/bank`, { ...BANK, verification: "microdeposits" });
    const [, link = ""] = /href="(\/microdeposits\/[^"]+)"/.exec((await open(waiting.location)).text) ?? [];
    const verify = link.replaceAll("&amp;", "&");
    expect((await open(verify, { first: "", second: "" })).status).toBe(400);
    expect((await open(verify, { first: "12", second: "13" })).text).toContain("do not match");
    const right = await open(verify, { first: "45", second: "32" });
    expect((await open(right.location)).location).toMatch(/done=added$/);
    expect(await slow.defaultOf()).toBe((await slow.methods())[0]?.id);
  });

  it("leads a payment_method_update flow back to where it came from", async () => {
    const { url, methods, defaultOf } = await portal({
      flow_data: {
        type: "payment_method_update",
        after_completion: { type: "redirect", redirect: { return_url: "https://app.test/done" } },
      },
    });
    expect((await open(url)).text).toContain("Add a card");
    await open(`${url}/card`, CARD);
    const second = await open(`${url}/card`, { ...CARD, number: "5555555555554444" });
    expect(second.location).toBe("https://app.test/done");
    expect(await defaultOf()).toBe((await methods())[0]?.id);
  });
});

describe("pages of an intent", () => {
  it("sends the customer back with the result after a redirect", async () => {
    const intent = await stripe.paymentIntents.create({
      amount: 66_885,
      currency: "usd",
      payment_method: "pm_card_authenticationRequired",
      confirm: true,
      return_url: "https://app.test/paid",
    });
    const url = intent.next_action?.redirect_to_url?.url ?? "";
    const page = await open(url);
    expect(page.text).toContain("$668.85");
    expect(page.headers.get("content-security-policy")).toContain("form-action 'self' https://app.test");
    const back = new URL((await open(url, { outcome: "success" })).location);
    expect(back.origin + back.pathname).toBe("https://app.test/paid");
    expect(back.searchParams.get("payment_intent")).toBe(intent.id);
    expect(back.searchParams.get("redirect_status")).toBe("succeeded");
    expect((await stripe.paymentIntents.retrieve(intent.id)).status).toBe("succeeded");
  });

  it("verifies a bank account behind the address the API gives", async () => {
    const customer = await stripe.customers.create();
    const intent = await stripe.setupIntents.create({
      customer: customer.id,
      confirm: true,
      automatic_payment_methods: { enabled: true, allow_redirects: "never" },
      mandate_data: { customer_acceptance: { type: "offline" } },
      payment_method_data: {
        type: "us_bank_account",
        us_bank_account: {
          routing_number: "110000000",
          account_number: "000123456789",
          account_holder_type: "company",
        },
        billing_details: { name: "Acme Robotics" },
      },
      payment_method_options: { us_bank_account: { verification_method: "microdeposits" } },
    });
    const url = intent.next_action?.verify_with_microdeposits?.hosted_verification_url ?? "";
    expect((await open(url, { code: "sm11aa" })).text).toContain("The account is verified");
    expect((await stripe.setupIntents.retrieve(intent.id)).status).toBe("succeeded");
    expect((await open(url)).text).toContain("The account is verified");
  });

  it("never leads to a foreign address named in the query, and knows no foreign secrets", async () => {
    const intent = await stripe.paymentIntents.create({
      amount: 1_000,
      currency: "usd",
      payment_method: "pm_card_authenticationRequired",
      confirm: true,
      return_url: "https://app.test/paid",
    });
    const url = new URL(intent.next_action?.redirect_to_url?.url ?? "");
    url.searchParams.set("return_to", "https://elsewhere.test/");
    expect((await open(url.href, { outcome: "fail" })).location).toMatch(/^https:\/\/app\.test\/paid/);
    expect((await open(`/challenge/${intent.id}?client_secret=${intent.id}_secret_wrong`)).status).toBe(404);
    expect((await open(`/microdeposits/${intent.id}?client_secret=nonsense`)).status).toBe(404);
  });
});
