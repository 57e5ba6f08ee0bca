import type Stripe from "stripe";
import type { StripeCustomerId } from "@/lib/ids";
import { stripe } from "./client";

const EU = "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK".split(" ");

/** What Stripe calls the commonest number of a country (docs.stripe.com/billing/customer/tax-ids). */
const TYPES: Record<string, Stripe.CustomerCreateTaxIdParams.Type> = {
  AE: "ae_trn",
  AU: "au_abn",
  BR: "br_cnpj",
  CA: "ca_bn",
  CH: "ch_vat",
  CL: "cl_tin",
  CN: "cn_tin",
  CO: "co_nit",
  GB: "gb_vat",
  HK: "hk_br",
  ID: "id_npwp",
  IL: "il_vat",
  IN: "in_gst",
  IS: "is_vat",
  JP: "jp_trn",
  KR: "kr_brn",
  LI: "li_vat",
  MX: "mx_rfc",
  MY: "my_sst",
  NO: "no_vat",
  NZ: "nz_gst",
  PH: "ph_tin",
  SA: "sa_vat",
  SG: "sg_gst",
  TH: "th_vat",
  TR: "tr_tin",
  TW: "tw_vat",
  UA: "ua_vat",
  US: "us_ein",
  VN: "vn_tin",
  ZA: "za_vat",
  ...Object.fromEntries(EU.map((country) => [country, "eu_vat" as const])),
};

/** @returns null for a country whose numbers Stripe is not told: they stand on our documents only */
export const taxIdTypeOf = (country: string | null): Stripe.CustomerCreateTaxIdParams.Type | null =>
  (country && TYPES[country]) || null;

/**
 * Makes the customer's tax ids be this one, or none. The new one is added before others are taken off, so that a refusal changes nothing.
 * @throws the SDK's error; `tax_id_invalid` when it is not written as such numbers are
 */
export async function setCustomerTaxId(
  customerId: StripeCustomerId,
  wanted: { type: Stripe.CustomerCreateTaxIdParams.Type; value: string } | null,
): Promise<void> {
  const { data: present } = await stripe().customers.listTaxIds(customerId, { limit: 100 });
  const isWanted = (each: Stripe.TaxId) => each.type === wanted?.type && each.value === wanted.value;
  if (wanted && !present.some(isWanted)) await stripe().customers.createTaxId(customerId, wanted);
  for (const other of present.filter((each) => !isWanted(each)))
    await stripe().customers.deleteTaxId(customerId, other.id);
}
