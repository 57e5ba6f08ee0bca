import { invalidRequest } from "../../http/errors";

const SUPPORTED =
  "usd aed afn all amd ang aoa ars aud awg azn bam bbd bdt bgn bhd bif bmd bnd bob brl bsd bwp byn bzd cad cdf chf clp cny cop crc cve czk djf dkk dop dzd egp etb eur fjd fkp gbp gel gip gmd gnf gtq gyd hkd hnl htg huf idr ils inr isk jmd jod jpy kes kgs khr kmf krw kwd kyd kzt lak lbp lkr lrd lsl mad mdl mga mkd mmk mnt mop mur mvr mwk mxn myr mzn nad ngn nio nok npr nzd omr pab pen pgk php pkr pln pyg qar ron rsd rub rwf sar sbd scr sek sgd shp sle sos srd std szl thb tjs tnd top try ttd twd tzs uah ugx uyu uzs vnd vuv wst xaf xcd xcg xof xpf yer zar zmw".split(
    " ",
  );

/**
 * A currency as the API writes it.
 * @throws StripeFailure 400 for one that Stripe does not charge in
 * @see https://docs.stripe.com/currencies
 */
export function readCurrency(code: string, param = "currency"): string {
  const currency = code.toLowerCase();
  if (SUPPORTED.includes(currency)) return currency;
  throw invalidRequest(
    `Invalid currency: ${currency}. Stripe currently supports these currencies: ${SUPPORTED.join(", ")}`,
    { param },
  );
}
