import type Stripe from "stripe";
import { invalidRequest, resourceMissing } from "../../http/errors";
import { created, matchesCreated, pageOf, pagination } from "../../http/pages";
import { boolean, clearable, clearableText, decimal, metadata, oneOf, text } from "../../http/parameters";
import { route } from "../../http/route";
import { newId } from "../../state/ids";
import { mergeMetadata } from "../../state/metadata";
import { emit } from "../../webhooks/events";

const taxType = oneOf(
  "admissions_tax",
  "amusement_tax",
  "attendance_tax",
  "communications_tax",
  "digital_excise_tax",
  "entertainment_tax",
  "get_fund",
  "gross_receipts_tax",
  "gst",
  "hospitality_tax",
  "hst",
  "igst",
  "jct",
  "lease_tax",
  "luxury_tax",
  "mass_transit_parking_tax",
  "nhil",
  "parking_tax",
  "pst",
  "qst",
  "resort_tax",
  "retail_delivery_fee",
  "rst",
  "sales_tax",
  "service_tax",
  "tourism_tax",
  "utility_users_tax",
  "vat",
);

const labels = {
  country: clearableText.optional(),
  description: clearableText.optional(),
  jurisdiction: clearableText.optional(),
  state: clearableText.optional(),
};

function checkPercentage(percentage: string): number {
  const value = Number(percentage);
  if (value < 0 || value > 100)
    throw invalidRequest("Invalid percentage: must be between 0 and 100.", { param: "percentage" });
  if (!/^\d+(\.\d{1,4}0*)?$/.test(percentage))
    throw invalidRequest("Invalid percentage: at most 4 decimal places are supported.", { param: "percentage" });
  return value;
}

function checkCountry(country: string | null | undefined): void {
  if (country && !/^[A-Z]{2}$/i.test(country))
    throw invalidRequest(
      `Country '${country}' is unknown. Try using a 2-character alphanumeric country code instead.`,
      {
        code: "country_code_invalid",
        param: "country",
      },
    );
}

export const taxRateRoutes = [
  route("POST /v1/tax_rates", {
    parameters: {
      ...labels,
      active: boolean.optional(),
      display_name: text,
      inclusive: boolean,
      metadata: metadata.optional(),
      percentage: decimal,
      tax_type: taxType.optional(),
    },
    handle(account, given) {
      checkCountry(given.country);
      const percentage = checkPercentage(given.percentage);
      const rate = account.tables.taxRates.put({
        id: newId("txr"),
        object: "tax_rate",
        active: given.active ?? true,
        country: given.country?.toUpperCase() ?? null,
        created: account.nowUnix(),
        description: given.description ?? null,
        display_name: given.display_name,
        effective_percentage: percentage,
        flat_amount: null,
        inclusive: given.inclusive,
        jurisdiction: given.jurisdiction ?? null,
        jurisdiction_level: null,
        livemode: false,
        metadata: given.metadata ?? {},
        percentage,
        rate_type: "percentage",
        state: given.state ?? null,
        tax_type: given.tax_type ?? null,
      } satisfies Stripe.TaxRate);
      emit(account, "tax_rate.created", rate);
      return rate;
    },
  }),
  route("GET /v1/tax_rates/:id", {
    handle(account, _, call) {
      const rate = account.tables.taxRates.get(call.path.id ?? "");
      if (!rate) throw resourceMissing("tax rate", call.path.id ?? "");
      return rate;
    },
  }),
  route("POST /v1/tax_rates/:id", {
    parameters: {
      ...labels,
      active: boolean.optional(),
      display_name: text.optional(),
      metadata: clearable(metadata).optional(),
      tax_type: taxType.optional(),
    },
    handle(account, given, call) {
      const rate = account.tables.taxRates.get(call.path.id ?? "");
      if (!rate) throw resourceMissing("tax rate", call.path.id ?? "");
      checkCountry(given.country);
      const keep = <T>(value: T | undefined, old: T): T => (value === undefined ? old : value);
      const updated = account.tables.taxRates.put({
        ...rate,
        active: given.active ?? rate.active,
        country: keep(given.country, rate.country),
        description: keep(given.description, rate.description),
        display_name: given.display_name ?? rate.display_name,
        jurisdiction: keep(given.jurisdiction, rate.jurisdiction),
        metadata: mergeMetadata(rate.metadata, given.metadata),
        state: keep(given.state, rate.state),
        tax_type: given.tax_type ?? rate.tax_type,
      });
      emit(account, "tax_rate.updated", updated, rate);
      return updated;
    },
  }),
  route("GET /v1/tax_rates", {
    parameters: { ...pagination, active: boolean.optional(), created, inclusive: boolean.optional() },
    handle: (account, given) =>
      pageOf(
        account.tables.taxRates,
        given,
        "/v1/tax_rates",
        (row) =>
          (given.active === undefined || row.active === given.active) &&
          matchesCreated(given.created, row.created) &&
          (given.inclusive === undefined || row.inclusive === given.inclusive),
      ),
  }),
];
