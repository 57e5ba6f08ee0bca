import { describe, expect, test } from "vitest";
import { useTestDatabase } from "@/db/testing";
import { company } from "@/lib/http/testing";
import { NOTICE_KINDS } from "@/lib/notifications/kinds";
import { listMuted, saveMuted } from "@/lib/notifications/muting";
import { readRecipients } from "@/lib/notifications/readers";
import { ensureCustomer } from "@/lib/payment-methods/customer";
import { useWorld } from "@/sandbox/testing/world";
import { getBranding, removeLogo, saveBranding, saveLogo } from "./branding";
import { getOrganisation, type OrganisationDetails, saveOrganisation } from "./organisation";
import { getTenant } from "./queries";

useTestDatabase();
const world = useWorld();

const address = { line1: "Torstr. 1", line2: null, city: "Berlin", state: null, postalCode: "10119", country: "DE" };
const details: OrganisationDetails = {
  name: "Acme",
  legalName: "Acme GmbH",
  taxId: "DE123456789",
  address,
  billingEmail: "bills@acme.test",
  timeZone: "Europe/Berlin",
  locale: "zh-CN",
};
async function team() {
  const { tenantId, people } = await company();
  const scope = (role: "owner" | "admin" | "member") =>
    ({ tenantId, role, userId: people[role].userId, actor: people[role].email, scopes: [] }) as const;
  return { tenantId, owner: scope("owner"), admin: scope("admin"), member: scope("member") };
}
async function atStripe(id: string) {
  const [customer, taxIds] = await Promise.all([
    world.stripeSdk.customers.retrieve(id),
    world.stripeSdk.customers.listTaxIds(id),
  ]);
  if (customer.deleted) throw new Error("deleted");
  return { customer, taxIds: taxIds.data.map(({ type, value }) => ({ type, value })) };
}
const refusal = (code: string) => expect.objectContaining({ code });

describe("the organisation's details", () => {
  test("are kept, and Stripe's customer says the same, before and after it is made", async () => {
    const { tenantId, admin } = await team();
    await saveOrganisation(admin, details);
    expect(await getOrganisation(admin)).toMatchObject(details);
    expect(await getTenant(admin)).toMatchObject({ name: "Acme", timeZone: "Europe/Berlin", locale: "zh-CN" });
    const customerId = await ensureCustomer(tenantId);
    expect(await atStripe(customerId)).toMatchObject({
      customer: {
        name: "Acme GmbH",
        email: "bills@acme.test",
        preferred_locales: ["zh-CN"],
        address: { line1: "Torstr. 1", city: "Berlin", postal_code: "10119", country: "DE" },
      },
      taxIds: [{ type: "eu_vat", value: "DE123456789" }],
    });

    const norway = { ...address, country: "NO" };
    await saveOrganisation(admin, { ...details, legalName: null, taxId: "123456789MVA", address: norway });
    await saveOrganisation(admin, { ...details, legalName: null, taxId: "123456789MVA", address: norway });
    expect(await atStripe(customerId)).toMatchObject({
      customer: { name: "Acme", address: { country: "NO" } },
      taxIds: [{ type: "no_vat", value: "123456789MVA" }],
    });

    await saveOrganisation(admin, { ...details, taxId: null, address: null, billingEmail: null });
    const { customer, taxIds } = await atStripe(customerId);
    expect([customer.email, customer.address, taxIds]).toEqual([null, null, []]);
  });

  test("what Stripe refuses changes nothing, and says which field", async () => {
    const { tenantId, admin } = await team();
    await ensureCustomer(tenantId);
    await saveOrganisation(admin, details);
    await expect(saveOrganisation(admin, { ...details, name: "Other", taxId: "nonsense" })).rejects.toMatchObject({
      code: "invalid_request",
      options: { fields: [{ path: "taxId" }] },
    });
    expect(await getOrganisation(admin)).toMatchObject(details);
    const { stripeCustomerId } = await getTenant(admin);
    const path = `/v1/customers/${stripeCustomerId}`;
    await world.fault({ match: { method: "POST", path }, times: 5, do: "status", status: 500 });
    await expect(saveOrganisation(admin, { ...details, name: "Other" })).rejects.toThrow(refusal("stripe_unavailable"));
    await world.clearFaults();
    expect((await getOrganisation(admin)).name).toBe("Acme");
  });

  test("are changed by admins only", async () => {
    const { member, owner } = await team();
    await expect(saveOrganisation(member, details)).rejects.toThrow(refusal("forbidden"));
    await expect(saveOrganisation(owner, { ...details, timeZone: "Nowhere" })).rejects.toThrow(
      refusal("invalid_request"),
    );
  });
});

test("branding: logo, colour and footer, each by itself", async () => {
  const { admin, member } = await team();
  expect(await getBranding(member)).toEqual({ colour: null, footer: null, logo: null });
  const png = Buffer.from(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
    "base64",
  );
  await saveLogo(admin, png);
  await saveBranding(admin, { colour: "#0B6B70", footer: "Bank 1" });
  expect(await getBranding(member)).toEqual({
    colour: "#0b6b70",
    footer: "Bank 1",
    logo: { type: "image/png", bytes: png },
  });
  await expect(saveLogo(admin, Buffer.from("<svg/>"))).rejects.toMatchObject({
    options: { fields: [{ path: "logo" }] },
  });
  await expect(saveBranding(admin, { colour: "red", footer: null })).rejects.toThrow(refusal("invalid_request"));
  for (const change of [() => saveLogo(member, png), () => removeLogo(member)])
    await expect(change()).rejects.toThrow(refusal("forbidden"));
  await removeLogo(admin);
  expect(await getBranding(member)).toEqual({ colour: "#0b6b70", footer: "Bank 1", logo: null });
});

test("a mail that somebody does not want is not theirs; about money that failed it always is", async () => {
  const { tenantId, owner, admin } = await team();
  const other = await team();
  await saveMuted(owner, [...NOTICE_KINDS]);
  expect(await listMuted(owner)).toContain("charged");
  expect(await listMuted(owner)).not.toContain("declined");
  expect(await listMuted(admin)).toEqual([]);
  const readers = async (kind: (typeof NOTICE_KINDS)[number]) =>
    (await readRecipients(tenantId, kind)).map((each) => each.userId).sort();
  expect(await readers("charged")).toEqual([admin.userId]);
  expect(await readers("declined")).toEqual([owner.userId, admin.userId].sort());
  expect(await readRecipients(other.tenantId, "charged")).toHaveLength(2);
  await saveMuted(owner, []);
  expect(await readers("charged")).toHaveLength(2);
});
