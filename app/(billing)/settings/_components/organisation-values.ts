import type { Organisation } from "@/lib/tenants/organisation";

const PARTS = ["line1", "line2", "city", "state", "postalCode", "country"] as const;
export type AddressValues = Record<(typeof PARTS)[number], string>;

/** The details as a form has them: empty where nothing is set. */
export type OrganisationValues = {
  name: string;
  legalName: string;
  taxId: string;
  billingEmail: string;
  address: AddressValues;
  timeZone: string;
  locale: string;
};

/** What is stored → what the form shows. */
export function toValues(organisation: Organisation): OrganisationValues {
  const { name, legalName, taxId, billingEmail, address, timeZone, locale } = organisation;
  const parts = Object.fromEntries(PARTS.map((part) => [part, address?.[part] ?? ""])) as AddressValues;
  return {
    name,
    legalName: legalName ?? "",
    taxId: taxId ?? "",
    billingEmail: billingEmail ?? "",
    address: parts,
    timeZone,
    locale,
  };
}
