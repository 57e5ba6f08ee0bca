import type { Role } from "@/db/schema";

export const DEMO_PASSWORD = "evenkeel-demo";

export type Character = { email: string; name: string; role: Role };
export type SeedTenant = {
  slug: string;
  name: string;
  currency: string;
  timeZone: string;
  /** Minor units. */
  openingBalanceMinor: number;
  people: Character[];
};

/** The companies and people of the demo, the tests and the documentation. One tenant per number of decimals, and one to look across to. */
export const TENANTS: SeedTenant[] = [
  {
    slug: "acme",
    name: "Acme Robotics",
    currency: "USD",
    timeZone: "America/New_York",
    openingBalanceMinor: 60_000,
    people: [
      { email: "olivia@acme.test", name: "Olivia Owens", role: "owner" },
      { email: "adam@acme.test", name: "Adam Adler", role: "admin" },
      { email: "mia@acme.test", name: "Mia Moreno", role: "member" },
    ],
  },
  {
    slug: "globex",
    name: "Globex",
    currency: "USD",
    timeZone: "UTC",
    openingBalanceMinor: 0,
    people: [{ email: "gus@globex.test", name: "Gus Grant", role: "owner" }],
  },
  {
    slug: "initech",
    name: "Initech",
    currency: "JPY",
    timeZone: "Asia/Tokyo",
    openingBalanceMinor: 0,
    people: [{ email: "ines@initech.test", name: "Ines Ito", role: "owner" }],
  },
  {
    slug: "sahara",
    name: "Sahara Trading",
    currency: "KWD",
    timeZone: "Asia/Kuwait",
    openingBalanceMinor: 0,
    people: [{ email: "sami@sahara.test", name: "Sami Saleh", role: "owner" }],
  },
];

export const OPERATOR = { email: "opal@evenkeel.test", name: "Opal Ortiz" };
