import { DEMO_PASSWORD, OPERATOR, TENANTS } from "@/db/seed/characters";

export const password = DEMO_PASSWORD;

const mayDo = { owner: "everything", admin: "everything", member: "to read, nothing to change" };

/** Who can sign in after seeding, and what each of them shows. */
export const characters = [
  ...TENANTS.flatMap((tenant) =>
    tenant.people.map(({ email, role }) => ({
      email,
      role: role as string,
      tenant: tenant.slug as string | null,
      shows: `${tenant.name} (${tenant.currency}), ${mayDo[role]}`,
    })),
  ),
  { email: OPERATOR.email, role: "operator", tenant: null, shows: "every customer, and the brakes" },
];

/** Who is signed in to warm the pages. */
export const firstCharacter = TENANTS[0]?.people[0]?.email ?? OPERATOR.email;
