CREATE TABLE "dunning_cases" (
	"tenant_id" uuid NOT NULL,
	"case_id" uuid NOT NULL,
	"invoice_id" uuid NOT NULL,
	"strategy" text NOT NULL,
	"state" text NOT NULL,
	"time_zone" text NOT NULL,
	"first_failure_code" text,
	"first_decline_code" text,
	"started_at" timestamp (3) with time zone NOT NULL,
	"grace_ends_at" timestamp (3) with time zone NOT NULL,
	"taken_over_at" timestamp (3) with time zone,
	"ended_at" timestamp (3) with time zone,
	"outcome" text,
	CONSTRAINT "dunning_cases_tenant_id_case_id_pk" PRIMARY KEY("tenant_id","case_id")
);
--> statement-breakpoint
CREATE TABLE "dunning_steps" (
	"tenant_id" uuid NOT NULL,
	"case_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"kind" text NOT NULL,
	"due_at" timestamp (3) with time zone NOT NULL,
	"claimed_until" timestamp (3) with time zone,
	"done_at" timestamp (3) with time zone,
	"outcome" text,
	"payment_id" uuid,
	CONSTRAINT "dunning_steps_tenant_id_case_id_position_pk" PRIMARY KEY("tenant_id","case_id","position")
);
--> statement-breakpoint
CREATE TABLE "credit_notes" (
	"tenant_id" uuid NOT NULL,
	"credit_note_id" uuid NOT NULL,
	"invoice_id" uuid NOT NULL,
	"number" text,
	"state" text NOT NULL,
	"currency" text NOT NULL,
	"amount_minor" bigint NOT NULL,
	"tax_minor" bigint NOT NULL,
	"reason" text,
	"transaction_id" uuid,
	"refund_id" uuid,
	"stripe_credit_note_id" text,
	"actor" text NOT NULL,
	"request_key" text,
	"failure_reason" text,
	"created_at" timestamp (3) with time zone NOT NULL,
	"lease_until" timestamp (3) with time zone NOT NULL,
	"issued_at" timestamp (3) with time zone,
	CONSTRAINT "credit_notes_tenant_id_credit_note_id_pk" PRIMARY KEY("tenant_id","credit_note_id"),
	CONSTRAINT "credit_notes_stripe_credit_note_id_unique" UNIQUE("stripe_credit_note_id"),
	CONSTRAINT "numbered_when_issued" CHECK (state not in ('issued', 'void') or number is not null)
);
--> statement-breakpoint
CREATE TABLE "invoice_lines" (
	"tenant_id" uuid NOT NULL,
	"invoice_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"description" text NOT NULL,
	"quantity" numeric(24, 6) NOT NULL,
	"unit_amount" numeric(24, 12) NOT NULL,
	"amount_minor" bigint NOT NULL,
	"period_start" timestamp (3) with time zone,
	"period_end" timestamp (3) with time zone,
	"is_proration" boolean DEFAULT false NOT NULL,
	CONSTRAINT "invoice_lines_tenant_id_invoice_id_position_pk" PRIMARY KEY("tenant_id","invoice_id","position")
);
--> statement-breakpoint
CREATE TABLE "invoice_payments" (
	"tenant_id" uuid NOT NULL,
	"payment_id" uuid NOT NULL,
	"invoice_id" uuid NOT NULL,
	"state" text NOT NULL,
	"trigger" text NOT NULL,
	"currency" text NOT NULL,
	"amount_minor" bigint NOT NULL,
	"payment_method_id" text,
	"fingerprint" text,
	"stripe_payment_intent_id" text,
	"request_key" text,
	"created_at" timestamp (3) with time zone NOT NULL,
	"lease_until" timestamp (3) with time zone NOT NULL,
	"completed_at" timestamp (3) with time zone,
	"failure_code" text,
	"decline_code" text,
	"failure_message" text,
	"retry_at" timestamp (3) with time zone,
	CONSTRAINT "invoice_payments_tenant_id_payment_id_pk" PRIMARY KEY("tenant_id","payment_id")
);
--> statement-breakpoint
CREATE TABLE "invoices" (
	"tenant_id" uuid NOT NULL,
	"invoice_id" uuid NOT NULL,
	"stripe_invoice_id" text,
	"number" text,
	"status" text NOT NULL,
	"reason" text NOT NULL,
	"subscription_id" uuid,
	"stripe_customer_id" text,
	"currency" text NOT NULL,
	"subtotal_minor" bigint NOT NULL,
	"discount_minor" bigint DEFAULT 0 NOT NULL,
	"tax_rate" numeric(7, 4) DEFAULT '0' NOT NULL,
	"tax_minor" bigint DEFAULT 0 NOT NULL,
	"total_minor" bigint NOT NULL,
	"amount_due_minor" bigint NOT NULL,
	"amount_paid_minor" bigint DEFAULT 0 NOT NULL,
	"from_credit_minor" bigint DEFAULT 0 NOT NULL,
	"credited_minor" bigint DEFAULT 0 NOT NULL,
	"charges_automatically" boolean DEFAULT false NOT NULL,
	"memo" text,
	"due_at" timestamp (3) with time zone,
	"period_start" timestamp (3) with time zone,
	"period_end" timestamp (3) with time zone,
	"hosted_url" text,
	"billed_to" jsonb,
	"created_by" text NOT NULL,
	"request_key" text,
	"created_at" timestamp (3) with time zone NOT NULL,
	"issued_at" timestamp (3) with time zone,
	"sent_at" timestamp (3) with time zone,
	"paid_at" timestamp (3) with time zone,
	"voided_at" timestamp (3) with time zone,
	"marked_uncollectible_at" timestamp (3) with time zone,
	"finalize_lease_until" timestamp (3) with time zone,
	"overdue_told_at" timestamp (3) with time zone,
	"withdraw_at" timestamp (3) with time zone,
	"synced_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "invoices_tenant_id_invoice_id_pk" PRIMARY KEY("tenant_id","invoice_id"),
	CONSTRAINT "invoices_stripe_invoice_id_unique" UNIQUE("stripe_invoice_id"),
	CONSTRAINT "numbered_when_final" CHECK (status = 'draft' or number is not null)
);
--> statement-breakpoint
CREATE TABLE "number_series" (
	"tenant_id" uuid NOT NULL,
	"series" text NOT NULL,
	"last" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "number_series_tenant_id_series_pk" PRIMARY KEY("tenant_id","series")
);
--> statement-breakpoint
CREATE TABLE "reconciliation_differences" (
	"difference_id" uuid PRIMARY KEY NOT NULL,
	"class" text NOT NULL,
	"subject_id" text NOT NULL,
	"tenant_id" uuid,
	"state" text NOT NULL,
	"currency" text NOT NULL,
	"stripe_minor" bigint,
	"our_minor" bigint,
	"detail" text,
	"occurred_at" timestamp (3) with time zone NOT NULL,
	"first_run_id" uuid NOT NULL,
	"last_run_id" uuid NOT NULL,
	"first_seen_at" timestamp (3) with time zone NOT NULL,
	"last_seen_at" timestamp (3) with time zone NOT NULL,
	"repair_error" text,
	"resolved_at" timestamp (3) with time zone,
	"resolved_by" text,
	"note" text
);
--> statement-breakpoint
CREATE TABLE "reconciliation_months" (
	"month" text PRIMARY KEY NOT NULL,
	"figures" jsonb NOT NULL,
	"differences" jsonb NOT NULL,
	"note" text,
	"signed_by" uuid NOT NULL,
	"signed_by_name" text NOT NULL,
	"signed_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "reconciliation_runs" (
	"run_id" uuid PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"day" text NOT NULL,
	"account" text NOT NULL,
	"state" text NOT NULL,
	"window_start" timestamp (3) with time zone NOT NULL,
	"window_end" timestamp (3) with time zone NOT NULL,
	"payments_compared" integer,
	"refunds_compared" integer,
	"disputes_compared" integer,
	"found" integer,
	"found_new" integer,
	"repaired" integer,
	"error" text,
	"actor" text NOT NULL,
	"started_at" timestamp (3) with time zone NOT NULL,
	"lease_until" timestamp (3) with time zone NOT NULL,
	"finished_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "report_days" (
	"day" text NOT NULL,
	"currency" text NOT NULL,
	"mrr_minor" bigint NOT NULL,
	"paid_subscriptions" integer NOT NULL,
	"deferred_minor" bigint NOT NULL,
	"owed_minor" bigint NOT NULL,
	"forecast_minor" bigint NOT NULL,
	"taken_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "report_days_day_currency_pk" PRIMARY KEY("day","currency")
);
--> statement-breakpoint
CREATE TABLE "branding" (
	"tenant_id" uuid PRIMARY KEY NOT NULL,
	"legal_name" text,
	"tax_id" text,
	"address" jsonb,
	"billing_email" text,
	"colour" text,
	"footer" text,
	"logo" "bytea",
	"logo_type" text,
	"updated_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "email_links" (
	"token_hash" text PRIMARY KEY NOT NULL,
	"purpose" text NOT NULL,
	"email" text NOT NULL,
	"user_id" uuid,
	"created_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"used_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "invitations" (
	"tenant_id" uuid NOT NULL,
	"invitation_id" uuid NOT NULL,
	"email" text NOT NULL,
	"role" text NOT NULL,
	"token_hash" text NOT NULL,
	"invited_by" uuid,
	"created_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"accepted_at" timestamp (3) with time zone,
	"revoked_at" timestamp (3) with time zone,
	CONSTRAINT "invitations_tenant_id_invitation_id_pk" PRIMARY KEY("tenant_id","invitation_id")
);
--> statement-breakpoint
CREATE TABLE "linked_accounts" (
	"provider" text NOT NULL,
	"provider_user_id" text NOT NULL,
	"user_id" uuid NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "linked_accounts_provider_provider_user_id_pk" PRIMARY KEY("provider","provider_user_id")
);
--> statement-breakpoint
CREATE TABLE "muted_notices" (
	"tenant_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"muted_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "muted_notices_tenant_id_user_id_kind_pk" PRIMARY KEY("tenant_id","user_id","kind")
);
--> statement-breakpoint
CREATE TABLE "credit_withdrawals" (
	"tenant_id" uuid NOT NULL,
	"withdrawal_id" uuid NOT NULL,
	"subscription_id" uuid NOT NULL,
	"paused_at" timestamp (3) with time zone NOT NULL,
	"amount_minor" bigint,
	"created_at" timestamp (3) with time zone NOT NULL,
	"lease_until" timestamp (3) with time zone NOT NULL,
	"completed_at" timestamp (3) with time zone,
	CONSTRAINT "credit_withdrawals_tenant_id_withdrawal_id_pk" PRIMARY KEY("tenant_id","withdrawal_id")
);
--> statement-breakpoint
CREATE TABLE "stripe_prices" (
	"price_id" text PRIMARY KEY NOT NULL,
	"lookup_key" text NOT NULL,
	"plan" text NOT NULL,
	"plan_version" text NOT NULL,
	"billing_cycle" text NOT NULL,
	"currency" text NOT NULL,
	"amount_minor" bigint NOT NULL,
	"product_id" text NOT NULL,
	"is_current" boolean DEFAULT true NOT NULL,
	"synced_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "subscription_changes" (
	"tenant_id" uuid NOT NULL,
	"change_id" uuid NOT NULL,
	"subscription_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"state" text NOT NULL,
	"from_plan" text,
	"to_plan" text,
	"to_plan_version" text,
	"to_billing_cycle" text,
	"terms" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"proration_at" timestamp (3) with time zone,
	"quoted_minor" bigint,
	"charged_minor" bigint,
	"stripe_invoice_id" text,
	"request_key" text,
	"actor" text NOT NULL,
	"failure_code" text,
	"failure_message" text,
	"created_at" timestamp (3) with time zone NOT NULL,
	"lease_until" timestamp (3) with time zone NOT NULL,
	"completed_at" timestamp (3) with time zone,
	CONSTRAINT "subscription_changes_tenant_id_change_id_pk" PRIMARY KEY("tenant_id","change_id")
);
--> statement-breakpoint
CREATE TABLE "subscriptions" (
	"tenant_id" uuid NOT NULL,
	"subscription_id" uuid NOT NULL,
	"stripe_subscription_id" text,
	"stripe_customer_id" text,
	"stripe_item_id" text,
	"plan" text NOT NULL,
	"plan_version" text NOT NULL,
	"billing_cycle" text NOT NULL,
	"status" text NOT NULL,
	"currency" text NOT NULL,
	"current_period_start" timestamp (3) with time zone NOT NULL,
	"current_period_end" timestamp (3) with time zone NOT NULL,
	"usage_anchor_at" timestamp (3) with time zone NOT NULL,
	"trial_end" timestamp (3) with time zone,
	"cancel_at" timestamp (3) with time zone,
	"cancel_reason" text,
	"canceled_at" timestamp (3) with time zone,
	"ended_at" timestamp (3) with time zone,
	"paused_at" timestamp (3) with time zone,
	"pending_plan" text,
	"pending_plan_version" text,
	"pending_billing_cycle" text,
	"pending_at" timestamp (3) with time zone,
	"discount" jsonb,
	"payment_method_id" text,
	"metadata" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"synced_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "subscriptions_tenant_id_subscription_id_pk" PRIMARY KEY("tenant_id","subscription_id"),
	CONSTRAINT "subscriptions_stripe_subscription_id_unique" UNIQUE("stripe_subscription_id"),
	CONSTRAINT "period_forwards" CHECK (current_period_start < current_period_end)
);
--> statement-breakpoint
CREATE TABLE "trial_claims" (
	"fingerprint" text PRIMARY KEY NOT NULL,
	"tenant_id" uuid NOT NULL,
	"subscription_id" uuid NOT NULL,
	"claimed_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "receipts" (
	"tenant_id" uuid NOT NULL,
	"receipt_id" uuid NOT NULL,
	"number" text NOT NULL,
	"attempt_id" uuid NOT NULL,
	"issued_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "receipts_tenant_id_receipt_id_pk" PRIMARY KEY("tenant_id","receipt_id")
);
--> statement-breakpoint
CREATE TABLE "refunds" (
	"tenant_id" uuid NOT NULL,
	"refund_id" uuid NOT NULL,
	"transaction_id" uuid NOT NULL,
	"state" text NOT NULL,
	"currency" text NOT NULL,
	"amount_minor" bigint NOT NULL,
	"principal_minor" bigint NOT NULL,
	"fee_minor" bigint NOT NULL,
	"reason" text,
	"actor" text NOT NULL,
	"stripe_refund_id" text,
	"request_key" text,
	"failure_reason" text,
	"created_at" timestamp (3) with time zone NOT NULL,
	"lease_until" timestamp (3) with time zone NOT NULL,
	"completed_at" timestamp (3) with time zone,
	CONSTRAINT "refunds_tenant_id_refund_id_pk" PRIMARY KEY("tenant_id","refund_id"),
	CONSTRAINT "refunds_stripe_refund_id_unique" UNIQUE("stripe_refund_id"),
	CONSTRAINT "refund_adds_up" CHECK (amount_minor = principal_minor + fee_minor and amount_minor > 0)
);
--> statement-breakpoint
CREATE TABLE "transactions" (
	"tenant_id" uuid NOT NULL,
	"transaction_id" uuid NOT NULL,
	"number" text NOT NULL,
	"type" text NOT NULL,
	"status" text NOT NULL,
	"currency" text NOT NULL,
	"amount_minor" bigint NOT NULL,
	"fee_minor" bigint DEFAULT 0 NOT NULL,
	"net_minor" bigint NOT NULL,
	"refunded_minor" bigint DEFAULT 0 NOT NULL,
	"description" text NOT NULL,
	"source_kind" text NOT NULL,
	"source_id" text NOT NULL,
	"invoice_id" uuid,
	"stripe_payment_intent_id" text,
	"stripe_charge_id" text,
	"created_at" timestamp (3) with time zone NOT NULL,
	"processed_at" timestamp (3) with time zone,
	CONSTRAINT "transactions_tenant_id_transaction_id_pk" PRIMARY KEY("tenant_id","transaction_id"),
	CONSTRAINT "net_is_amount_less_fee" CHECK (net_minor = amount_minor - fee_minor)
);
--> statement-breakpoint
CREATE TABLE "meter_reports" (
	"tenant_id" uuid NOT NULL,
	"report_id" uuid NOT NULL,
	"subscription_id" uuid NOT NULL,
	"metric" text NOT NULL,
	"period_start" timestamp (3) with time zone NOT NULL,
	"from_used" bigint NOT NULL,
	"to_used" bigint NOT NULL,
	"used_at" timestamp (3) with time zone NOT NULL,
	"state" text NOT NULL,
	"failure_message" text,
	"created_at" timestamp (3) with time zone NOT NULL,
	"lease_until" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "meter_reports_tenant_id_report_id_pk" PRIMARY KEY("tenant_id","report_id")
);
--> statement-breakpoint
CREATE TABLE "usage_carry" (
	"tenant_id" uuid NOT NULL,
	"currency" text NOT NULL,
	"metric" text NOT NULL,
	"carry_minor_exact" numeric(30, 12) NOT NULL,
	CONSTRAINT "usage_carry_tenant_id_currency_metric_pk" PRIMARY KEY("tenant_id","currency","metric")
);
--> statement-breakpoint
CREATE TABLE "usage_days" (
	"tenant_id" uuid NOT NULL,
	"subscription_id" uuid NOT NULL,
	"metric" text NOT NULL,
	"period_start" timestamp (3) with time zone NOT NULL,
	"day" date NOT NULL,
	"quantity" bigint NOT NULL,
	CONSTRAINT "usage_days_tenant_id_subscription_id_metric_period_start_day_pk" PRIMARY KEY("tenant_id","subscription_id","metric","period_start","day")
);
--> statement-breakpoint
CREATE TABLE "usage_events" (
	"tenant_id" uuid NOT NULL,
	"event_id" text NOT NULL,
	"subscription_id" uuid NOT NULL,
	"metric" text NOT NULL,
	"quantity" bigint NOT NULL,
	"used_at" timestamp (3) with time zone NOT NULL,
	"named_at" timestamp (3) with time zone,
	"period_start" timestamp (3) with time zone NOT NULL,
	"recorded_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "usage_events_tenant_id_event_id_pk" PRIMARY KEY("tenant_id","event_id")
);
--> statement-breakpoint
CREATE TABLE "usage_periods" (
	"tenant_id" uuid NOT NULL,
	"subscription_id" uuid NOT NULL,
	"metric" text NOT NULL,
	"period_start" timestamp (3) with time zone NOT NULL,
	"period_end" timestamp (3) with time zone NOT NULL,
	"plan" text NOT NULL,
	"plan_version" text NOT NULL,
	"currency" text NOT NULL,
	"included" bigint,
	"used" bigint DEFAULT 0 NOT NULL,
	"overage" bigint DEFAULT 0 NOT NULL,
	"overage_price" numeric(24, 12),
	"cost_minor_exact" numeric(30, 12) DEFAULT '0' NOT NULL,
	"alerted_80_at" timestamp (3) with time zone,
	"alerted_100_at" timestamp (3) with time zone,
	CONSTRAINT "usage_periods_tenant_id_subscription_id_metric_period_start_pk" PRIMARY KEY("tenant_id","subscription_id","metric","period_start")
);
--> statement-breakpoint
ALTER TABLE "users" DROP CONSTRAINT "users_email_unique";--> statement-breakpoint
ALTER TABLE "tenants" ADD COLUMN "credit_minor" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "email_confirmed_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "invoices" ADD CONSTRAINT "invoices_tenant_id_tenants_tenant_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("tenant_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "branding" ADD CONSTRAINT "branding_tenant_id_tenants_tenant_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("tenant_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "email_links" ADD CONSTRAINT "email_links_user_id_users_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("user_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invitations" ADD CONSTRAINT "invitations_tenant_id_tenants_tenant_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("tenant_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "linked_accounts" ADD CONSTRAINT "linked_accounts_user_id_users_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("user_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "subscriptions" ADD CONSTRAINT "subscriptions_tenant_id_tenants_tenant_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("tenant_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "transactions" ADD CONSTRAINT "transactions_tenant_id_tenants_tenant_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("tenant_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "dunning_cases_invoice" ON "dunning_cases" USING btree ("tenant_id","invoice_id");--> statement-breakpoint
CREATE INDEX "dunning_cases_to_take_over" ON "dunning_cases" USING btree ("started_at") WHERE taken_over_at is null;--> statement-breakpoint
CREATE INDEX "dunning_cases_by_time" ON "dunning_cases" USING btree ("tenant_id","started_at");--> statement-breakpoint
CREATE INDEX "dunning_cases_started" ON "dunning_cases" USING btree ("started_at");--> statement-breakpoint
CREATE INDEX "dunning_steps_due" ON "dunning_steps" USING btree ("due_at") WHERE done_at is null;--> statement-breakpoint
CREATE UNIQUE INDEX "credit_notes_number" ON "credit_notes" USING btree ("tenant_id","number");--> statement-breakpoint
CREATE UNIQUE INDEX "credit_notes_request_key" ON "credit_notes" USING btree ("tenant_id","request_key");--> statement-breakpoint
CREATE INDEX "credit_notes_by_invoice" ON "credit_notes" USING btree ("tenant_id","invoice_id","created_at");--> statement-breakpoint
CREATE INDEX "credit_notes_unresolved" ON "credit_notes" USING btree ("lease_until") WHERE state in ('started', 'unknown');--> statement-breakpoint
CREATE UNIQUE INDEX "invoice_payments_one_open" ON "invoice_payments" USING btree ("tenant_id","invoice_id") WHERE state in ('started', 'processing', 'requires_action', 'unknown');--> statement-breakpoint
CREATE UNIQUE INDEX "invoice_payments_request_key" ON "invoice_payments" USING btree ("tenant_id","request_key");--> statement-breakpoint
CREATE INDEX "invoice_payments_by_invoice" ON "invoice_payments" USING btree ("tenant_id","invoice_id","created_at");--> statement-breakpoint
CREATE INDEX "invoice_payments_to_retry" ON "invoice_payments" USING btree ("retry_at") WHERE retry_at is not null;--> statement-breakpoint
CREATE INDEX "invoice_payments_by_intent" ON "invoice_payments" USING btree ("stripe_payment_intent_id");--> statement-breakpoint
CREATE INDEX "invoice_payments_unresolved" ON "invoice_payments" USING btree ("lease_until") WHERE state in ('started', 'processing', 'requires_action', 'unknown');--> statement-breakpoint
CREATE UNIQUE INDEX "invoices_number" ON "invoices" USING btree ("tenant_id","number");--> statement-breakpoint
CREATE UNIQUE INDEX "invoices_request_key" ON "invoices" USING btree ("tenant_id","request_key");--> statement-breakpoint
CREATE INDEX "invoices_by_time" ON "invoices" USING btree ("tenant_id","created_at");--> statement-breakpoint
CREATE INDEX "invoices_by_status" ON "invoices" USING btree ("tenant_id","status","created_at");--> statement-breakpoint
CREATE INDEX "invoices_open_due" ON "invoices" USING btree ("due_at") WHERE status = 'open' and overdue_told_at is null;--> statement-breakpoint
CREATE INDEX "invoices_to_withdraw" ON "invoices" USING btree ("withdraw_at") WHERE status = 'open' and withdraw_at is not null;--> statement-breakpoint
CREATE INDEX "invoices_finalizing" ON "invoices" USING btree ("finalize_lease_until") WHERE status = 'draft' and finalize_lease_until is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "reconciliation_differences_subject" ON "reconciliation_differences" USING btree ("class","subject_id");--> statement-breakpoint
CREATE INDEX "reconciliation_differences_open" ON "reconciliation_differences" USING btree ("occurred_at") WHERE state = 'open';--> statement-breakpoint
CREATE INDEX "reconciliation_differences_by_time" ON "reconciliation_differences" USING btree ("last_seen_at");--> statement-breakpoint
CREATE UNIQUE INDEX "reconciliation_runs_nightly" ON "reconciliation_runs" USING btree ("account","day") WHERE kind = 'nightly';--> statement-breakpoint
CREATE INDEX "reconciliation_runs_by_time" ON "reconciliation_runs" USING btree ("started_at");--> statement-breakpoint
CREATE INDEX "email_links_by_email" ON "email_links" USING btree ("email","created_at");--> statement-breakpoint
CREATE UNIQUE INDEX "invitations_token" ON "invitations" USING btree ("token_hash");--> statement-breakpoint
CREATE INDEX "invitations_by_email" ON "invitations" USING btree ("email");--> statement-breakpoint
CREATE INDEX "linked_accounts_by_user" ON "linked_accounts" USING btree ("user_id");--> statement-breakpoint
CREATE UNIQUE INDEX "credit_withdrawals_subscription" ON "credit_withdrawals" USING btree ("tenant_id","subscription_id");--> statement-breakpoint
CREATE INDEX "credit_withdrawals_open" ON "credit_withdrawals" USING btree ("lease_until") WHERE completed_at is null;--> statement-breakpoint
CREATE UNIQUE INDEX "stripe_prices_current" ON "stripe_prices" USING btree ("lookup_key") WHERE is_current;--> statement-breakpoint
CREATE UNIQUE INDEX "subscription_changes_one_open" ON "subscription_changes" USING btree ("tenant_id") WHERE state in ('started', 'unknown');--> statement-breakpoint
CREATE UNIQUE INDEX "subscription_changes_request_key" ON "subscription_changes" USING btree ("tenant_id","request_key");--> statement-breakpoint
CREATE INDEX "subscription_changes_unresolved" ON "subscription_changes" USING btree ("lease_until") WHERE state in ('started', 'unknown', 'requires_action');--> statement-breakpoint
CREATE INDEX "subscription_changes_by_time" ON "subscription_changes" USING btree ("tenant_id","subscription_id","created_at");--> statement-breakpoint
CREATE UNIQUE INDEX "subscriptions_one_live" ON "subscriptions" USING btree ("tenant_id") WHERE ended_at is null and status <> 'incomplete';--> statement-breakpoint
CREATE INDEX "subscriptions_by_time" ON "subscriptions" USING btree ("tenant_id","created_at");--> statement-breakpoint
CREATE INDEX "subscriptions_local_due" ON "subscriptions" USING btree ("current_period_end") WHERE stripe_subscription_id is null and ended_at is null;--> statement-breakpoint
CREATE INDEX "subscriptions_renewing" ON "subscriptions" USING btree ("current_period_end") WHERE ended_at is null;--> statement-breakpoint
CREATE UNIQUE INDEX "receipts_number" ON "receipts" USING btree ("tenant_id","number");--> statement-breakpoint
CREATE UNIQUE INDEX "receipts_attempt" ON "receipts" USING btree ("tenant_id","attempt_id");--> statement-breakpoint
CREATE UNIQUE INDEX "refunds_request_key" ON "refunds" USING btree ("tenant_id","request_key");--> statement-breakpoint
CREATE INDEX "refunds_by_transaction" ON "refunds" USING btree ("tenant_id","transaction_id");--> statement-breakpoint
CREATE INDEX "refunds_by_time" ON "refunds" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "refunds_unresolved" ON "refunds" USING btree ("lease_until") WHERE state in ('started', 'pending', 'unknown');--> statement-breakpoint
CREATE UNIQUE INDEX "transactions_number" ON "transactions" USING btree ("tenant_id","number");--> statement-breakpoint
CREATE UNIQUE INDEX "transactions_source" ON "transactions" USING btree ("tenant_id","type","source_kind","source_id");--> statement-breakpoint
CREATE INDEX "transactions_by_time" ON "transactions" USING btree ("tenant_id","created_at","transaction_id");--> statement-breakpoint
CREATE INDEX "transactions_by_type" ON "transactions" USING btree ("tenant_id","type","created_at","transaction_id");--> statement-breakpoint
CREATE INDEX "transactions_by_invoice" ON "transactions" USING btree ("tenant_id","invoice_id") WHERE invoice_id is not null;--> statement-breakpoint
CREATE INDEX "transactions_by_intent" ON "transactions" USING btree ("stripe_payment_intent_id");--> statement-breakpoint
CREATE INDEX "transactions_by_processed" ON "transactions" USING btree ("tenant_id","processed_at");--> statement-breakpoint
CREATE INDEX "transactions_processed" ON "transactions" USING btree ("processed_at");--> statement-breakpoint
CREATE INDEX "transactions_pending" ON "transactions" USING btree ("created_at") WHERE status = 'pending';--> statement-breakpoint
CREATE UNIQUE INDEX "meter_reports_once" ON "meter_reports" USING btree ("tenant_id","subscription_id","metric","period_start","from_used") WHERE state <> 'failed';--> statement-breakpoint
CREATE INDEX "meter_reports_open" ON "meter_reports" USING btree ("lease_until") WHERE state = 'started';--> statement-breakpoint
CREATE INDEX "usage_events_by_time" ON "usage_events" USING btree ("tenant_id","recorded_at");--> statement-breakpoint
CREATE INDEX "usage_periods_by_end" ON "usage_periods" USING btree ("period_end");--> statement-breakpoint
CREATE INDEX "ledger_entries_at" ON "ledger_entries" USING brin ("created_at");--> statement-breakpoint
CREATE INDEX "ledger_transactions_paid_at" ON "ledger_transactions" USING btree ("created_at") WHERE kind in ('recharge', 'invoice_payment');--> statement-breakpoint
CREATE INDEX "ledger_transactions_paid_by" ON "ledger_transactions" USING btree ("source_id") WHERE kind in ('recharge', 'invoice_payment');--> statement-breakpoint
CREATE INDEX "payment_methods_expiring" ON "payment_methods" USING btree ((((card->>'expYear')::int * 12 + (card->>'expMonth')::int))) WHERE card is not null and removed_at is null;--> statement-breakpoint
CREATE UNIQUE INDEX "users_confirmed_email" ON "users" USING btree ("email") WHERE email_confirmed_at is not null;--> statement-breakpoint
CREATE INDEX "users_by_email" ON "users" USING btree ("email","created_at");