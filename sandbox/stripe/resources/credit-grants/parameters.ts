import { z } from "zod";
import { clearable, integer, metadata, oneOf, strict, text, textUpTo } from "../../http/parameters";

export const scope = strict({
  price_type: oneOf("metered").optional(),
  prices: z.array(strict({ id: text })).optional(),
});

/** What Stripe accepts beyond that: accounts in place of customers. */
export const UNSUPPORTED = ["customer_account"] as const;

export const grantMembers = {
  amount: strict({ monetary: strict({ currency: text, value: integer }).optional(), type: oneOf("monetary") }),
  applicability_config: strict({ scope }),
  category: oneOf("paid", "promotional").optional(),
  customer: text.optional(),
  effective_at: integer.optional(),
  expires_at: integer.optional(),
  metadata: clearable(metadata).optional(),
  name: textUpTo(100).optional(),
  priority: integer.optional(),
};

export type GrantInput = z.output<z.ZodObject<typeof grantMembers>>;
export type ScopeInput = z.output<typeof scope>;
