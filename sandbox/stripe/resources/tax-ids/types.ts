import type Stripe from "stripe";
import { invalidRequest } from "../../http/errors";

export const TAX_ID_TYPES =
  "ad_nrt ae_trn al_tin am_tin ao_tin ar_cuit au_abn au_acn au_arn au_wpn aw_tin az_tin ba_tin bb_tin bd_bin bf_ifu bg_uic bh_vat bj_ifu bo_tin br_cnpj br_cpf bs_tin bw_vat by_tin ca_bn ca_gst_hst ca_pst_bc ca_pst_mb ca_pst_sk ca_qst cd_nif ch_uid ch_vat ci_vat cl_tin cm_niu cn_tin co_nit cr_tin cv_nif cz_dic de_stn do_rcn ec_ruc eg_tin es_cif et_tin eu_oss_vat eu_vat fo_vat fr_siren fr_siret fr_spi gb_vat ge_vat gh_tin gi_tin gn_nif hk_br hr_oib hu_tin ic_nif id_npwp il_vat in_gst is_kt is_vat it_cf jp_cn jp_rn jp_trn ke_pin kg_tin kh_tin kr_brn kz_bin la_tin li_uid li_vat lk_vat ma_vat md_cf md_vat me_pib mk_vat mr_nif mu_vat mx_rfc my_frp my_itn my_sst mz_nuit ng_tin no_vat no_voec np_pan nz_bn nz_gst om_vat pe_ruc ph_tin pl_nip pt_nif py_ruc ro_tin rs_pib ru_inn ru_kpp sa_vat sg_gst sg_uen si_tin sm_coe sn_ninea sr_fin sv_nit th_vat tj_tin tr_tin tt_bir tt_vat tw_vat tz_vat ua_vat ug_tin us_ein uy_ruc uz_tin uz_vat ve_rif vn_tin za_vat zm_tin zw_tin".split(
    " ",
  );

/** Numbers that Stripe can look up with the authorities: their verification takes a while. */
const VERIFIED = ["au_abn", "eu_vat", "gb_vat", "no_vat"];

/** Values with a known outcome in test mode, whatever their type. @see https://docs.stripe.com/billing/customer/tax-ids#validation */
export const MAGIC: Record<string, "pending" | "unverified" | "verified"> = {
  "000000000": "verified",
  "111111111": "unverified",
  "222222222": "pending",
};

/** How the commonest numbers are written. The others only have to look like a number. */
const FORMATS: Record<string, RegExp> = {
  au_abn: /^\d{11}$/,
  br_cnpj: /^\d{2}\.?\d{3}\.?\d{3}\/?\d{4}-?\d{2}$/,
  br_cpf: /^\d{3}\.?\d{3}\.?\d{3}-?\d{2}$/,
  ca_bn: /^\d{9}$/,
  ch_vat: /^CHE-?\d{3}\.?\d{3}\.?\d{3} ?(MWST|TVA|IVA)$/,
  eu_oss_vat: /^EU\d{9}$/,
  eu_vat: /^(AT|BE|BG|CY|CZ|DE|DK|EE|EL|ES|FI|FR|HR|HU|IE|IT|LT|LU|LV|MT|NL|PL|PT|RO|SE|SI|SK|XI)[A-Z0-9+*]{2,12}$/,
  gb_vat: /^GB(\d{9}|\d{12}|GD\d{3}|HA\d{3})$/,
  in_gst: /^\d{2}[A-Z]{5}\d{4}[A-Z][A-Z0-9]Z[A-Z0-9]$/,
  jp_cn: /^\d{13}$/,
  no_vat: /^\d{9}MVA$/,
  nz_gst: /^\d{8,9}$/,
  sg_gst: /^[A-Z0-9]{9,10}$/,
  us_ein: /^\d{2}-?\d{7}$/,
};
const ANY = /^[\p{L}\d][\p{L}\d ./&-]{1,29}$/u;

/** Prefixes of European numbers that are no country codes. */
const COUNTRIES: Record<string, string> = { EL: "GR", XI: "GB", IC: "ES" };

/**
 * Checks a tax id as it is written.
 * @returns its country and how its verification begins
 * @throws StripeFailure 400
 */
export function readTaxId(
  type: string,
  value: string,
  prefix = "",
): { country: string | null; status: Stripe.TaxId.Verification.Status } {
  const param = (name: string) => (prefix ? `${prefix}[${name}]` : name);
  if (!TAX_ID_TYPES.includes(type))
    throw invalidRequest(
      `Invalid ${param("type")}: must be one of ${TAX_ID_TYPES.slice(0, -1).join(", ")}, or ${TAX_ID_TYPES.at(-1)}`,
      {
        param: param("type"),
      },
    );
  const magic = value in MAGIC;
  if (!magic && !(FORMATS[type] ?? ANY).test(value))
    throw invalidRequest(`Invalid value for ${type}.`, { code: "tax_id_invalid", param: param("value") });
  const code = type === "eu_vat" ? value.slice(0, 2) : type.slice(0, 2).toUpperCase();
  return {
    country: magic && type === "eu_vat" ? null : (COUNTRIES[code] ?? code),
    status: magic || VERIFIED.includes(type) ? "pending" : "unavailable",
  };
}
