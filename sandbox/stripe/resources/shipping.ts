import { address, clearableText, strict, text } from "../http/parameters";

/** Where something is sent. */
export const shippingParameters = strict({
  address,
  carrier: text.optional(),
  name: text,
  phone: clearableText.optional(),
  tracking_number: text.optional(),
});
