import { expect, test } from "vitest";
import { useTestDatabase } from "@/db/testing";
import { seed } from ".";

const { url, sql } = useTestDatabase();

test("the demo's companies and people, once however often it runs", async () => {
  await seed(url);
  await sql`update memberships set role = 'member' where user_id = (select user_id from users where email = 'adam@acme.test')`;
  await seed(url);
  const balances = await sql`select t.slug, t.currency, a.balance_minor::int as balance, r.enabled
    from tenants t join ledger_accounts a on a.tenant_id = t.tenant_id and a.account = 'prepaid' join recharge_rules r on r.tenant_id = t.tenant_id order by slug`;
  expect([...balances]).toEqual([
    { slug: "acme", currency: "USD", balance: 60_000, enabled: false },
    { slug: "globex", currency: "USD", balance: 0, enabled: false },
    { slug: "initech", currency: "JPY", balance: 0, enabled: false },
    { slug: "sahara", currency: "KWD", balance: 0, enabled: false },
  ]);
  const people =
    await sql`select email, coalesce(role, 'operator') as role from users left join memberships using (user_id) order by email`;
  expect(people.map((p) => `${p.email} ${p.role}`)).toEqual([
    "adam@acme.test member",
    "gus@globex.test owner",
    "ines@initech.test owner",
    "mia@acme.test member",
    "olivia@acme.test owner",
    "opal@evenkeel.test operator",
    "sami@sahara.test owner",
  ]);
});
