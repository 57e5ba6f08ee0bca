ALTER TABLE "transactions" ADD COLUMN "refunded_fee_minor" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
UPDATE "transactions" t SET "refunded_fee_minor" = r.fee FROM (
  SELECT "tenant_id", "transaction_id", sum("fee_minor") AS fee FROM "refunds" WHERE "state" NOT IN ('failed', 'canceled') GROUP BY 1, 2
) r WHERE t."tenant_id" = r."tenant_id" AND t."transaction_id" = r."transaction_id";
