/** The currencies an organisation can be billed in: those of Stripe that cards are charged in off-session (docs.stripe.com/currencies). */
export const CURRENCIES: readonly string[] =
  "USD EUR GBP CNY JPY AUD CAD CHF HKD SGD NZD SEK NOK DKK PLN CZK HUF RON INR KRW TWD THB MYR IDR PHP VND AED SAR KWD BHD OMR JOD TND ILS TRY ZAR BRL MXN CLP COP".split(
    " ",
  );
