import type { BankDetails, BillingAddress, CardDetails } from "@/db/schema/payment-methods";
import type { PaymentMethodId, StripeCustomerId, TenantId } from "@/lib/ids";

export type PaymentMethod = {
  paymentMethodId: PaymentMethodId;
  tenantId: TenantId;
  stripeCustomerId: StripeCustomerId;
  type: string;
  card: CardDetails | null;
  bankAccount: BankDetails | null;
  billingName: string | null;
  billingAddress: BillingAddress | null;
  fingerprint: string | null;
  isDefault: boolean;
  isBackup: boolean;
  status: "active" | "requires_verification" | "expired" | "failing";
  createdAt: Date;
};
