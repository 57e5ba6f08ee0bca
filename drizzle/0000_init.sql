CREATE TABLE "ledger_accounts" (
	"tenant_id" uuid NOT NULL,
	"account" text NOT NULL,
	"currency" text NOT NULL,
	"balance_minor" bigint DEFAULT 0 NOT NULL,
	"held_minor" bigint DEFAULT 0 NOT NULL,
	"version" bigint DEFAULT 0 NOT NULL,
	"floor_minor" bigint,
	"recharge_below_minor" bigint,
	"recharge_check_at" timestamp (3) with time zone DEFAULT '-infinity' NOT NULL,
	"needs_recharge" boolean GENERATED ALWAYS AS (recharge_below_minor is not null and balance_minor < recharge_below_minor) STORED NOT NULL,
	CONSTRAINT "ledger_accounts_tenant_id_account_currency_pk" PRIMARY KEY("tenant_id","account","currency"),
	CONSTRAINT "held_not_negative" CHECK (held_minor >= 0)
);
--> statement-breakpoint
CREATE TABLE "ledger_entries" (
	"tenant_id" uuid NOT NULL,
	"account" text NOT NULL,
	"currency" text NOT NULL,
	"version" bigint NOT NULL,
	"transaction_id" uuid NOT NULL,
	"amount_minor" bigint NOT NULL,
	"balance_after_minor" bigint NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "ledger_entries_tenant_id_account_currency_version_pk" PRIMARY KEY("tenant_id","account","currency","version"),
	CONSTRAINT "amount_not_zero" CHECK (amount_minor <> 0)
);
--> statement-breakpoint
CREATE TABLE "ledger_holds" (
	"tenant_id" uuid NOT NULL,
	"hold_id" uuid NOT NULL,
	"currency" text NOT NULL,
	"amount_minor" bigint NOT NULL,
	"captured_minor" bigint,
	"state" text NOT NULL,
	"source_id" text NOT NULL,
	"description" text,
	"created_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"ended_at" timestamp (3) with time zone,
	CONSTRAINT "ledger_holds_tenant_id_hold_id_pk" PRIMARY KEY("tenant_id","hold_id"),
	CONSTRAINT "hold_amount_positive" CHECK (amount_minor > 0)
);
--> statement-breakpoint
CREATE TABLE "ledger_transactions" (
	"tenant_id" uuid NOT NULL,
	"transaction_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"source_id" text NOT NULL,
	"description" text,
	"metadata" jsonb,
	"reverses_id" uuid,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "ledger_transactions_tenant_id_transaction_id_pk" PRIMARY KEY("tenant_id","transaction_id")
);
--> statement-breakpoint
CREATE TABLE "notifications" (
	"tenant_id" uuid NOT NULL,
	"notification_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"dedupe_key" text NOT NULL,
	"params" jsonb NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"read_at" timestamp (3) with time zone,
	"claimed_until" timestamp (3) with time zone,
	"attempts" integer DEFAULT 0 NOT NULL,
	"sent_at" timestamp (3) with time zone,
	"last_error" text,
	CONSTRAINT "notifications_tenant_id_notification_id_pk" PRIMARY KEY("tenant_id","notification_id")
);
--> statement-breakpoint
CREATE TABLE "payment_methods" (
	"tenant_id" uuid NOT NULL,
	"payment_method_id" text NOT NULL,
	"stripe_customer_id" text NOT NULL,
	"type" text NOT NULL,
	"card" jsonb,
	"bank_account" jsonb,
	"billing_name" text,
	"billing_address" jsonb,
	"fingerprint" text,
	"is_default" boolean DEFAULT false NOT NULL,
	"status" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"removed_at" timestamp (3) with time zone,
	CONSTRAINT "payment_methods_tenant_id_payment_method_id_pk" PRIMARY KEY("tenant_id","payment_method_id")
);
--> statement-breakpoint
CREATE TABLE "card_tries" (
	"tenant_id" uuid NOT NULL,
	"try_id" uuid NOT NULL,
	"fingerprint" text NOT NULL,
	"purpose" text NOT NULL,
	"succeeded" boolean DEFAULT false NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "card_tries_tenant_id_try_id_pk" PRIMARY KEY("tenant_id","try_id")
);
--> statement-breakpoint
CREATE TABLE "recharge_attempts" (
	"tenant_id" uuid NOT NULL,
	"attempt_id" uuid NOT NULL,
	"state" text NOT NULL,
	"trigger" text NOT NULL,
	"episode_id" uuid,
	"is_backup" boolean DEFAULT false NOT NULL,
	"currency" text NOT NULL,
	"amount_minor" bigint NOT NULL,
	"fee_minor" bigint NOT NULL,
	"total_minor" bigint NOT NULL,
	"fee_policy" text NOT NULL,
	"fee_reason" text,
	"payment_method_id" text NOT NULL,
	"fingerprint" text,
	"stripe_customer_id" text NOT NULL,
	"stripe_payment_intent_id" text,
	"request_key" text,
	"created_at" timestamp (3) with time zone NOT NULL,
	"charging_at" timestamp (3) with time zone,
	"lease_until" timestamp (3) with time zone NOT NULL,
	"completed_at" timestamp (3) with time zone,
	"reversed_at" timestamp (3) with time zone,
	"failure_code" text,
	"decline_code" text,
	"failure_message" text,
	CONSTRAINT "recharge_attempts_tenant_id_attempt_id_pk" PRIMARY KEY("tenant_id","attempt_id"),
	CONSTRAINT "total_is_amount_and_fee" CHECK (total_minor = amount_minor + fee_minor and amount_minor > 0 and fee_minor >= 0)
);
--> statement-breakpoint
CREATE TABLE "recharge_brakes" (
	"id" integer PRIMARY KEY DEFAULT 1 NOT NULL,
	"stop_all" boolean DEFAULT false NOT NULL,
	"dry_run" boolean DEFAULT false NOT NULL,
	"updated_by" uuid,
	"updated_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "recharge_consents" (
	"tenant_id" uuid NOT NULL,
	"consent_id" uuid NOT NULL,
	"user_id" uuid,
	"actor" text NOT NULL,
	"text_version" text NOT NULL,
	"text" text NOT NULL,
	"locale" text NOT NULL,
	"terms" jsonb NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "recharge_consents_tenant_id_consent_id_pk" PRIMARY KEY("tenant_id","consent_id")
);
--> statement-breakpoint
CREATE TABLE "recharge_decisions" (
	"tenant_id" uuid NOT NULL,
	"decision_id" uuid NOT NULL,
	"trigger" text NOT NULL,
	"outcome" text NOT NULL,
	"reason" text NOT NULL,
	"inputs" jsonb NOT NULL,
	"attempt_id" uuid,
	"next_possible_at" timestamp (3) with time zone,
	"repeats" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"last_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "recharge_decisions_tenant_id_decision_id_pk" PRIMARY KEY("tenant_id","decision_id")
);
--> statement-breakpoint
CREATE TABLE "recharge_rules" (
	"tenant_id" uuid PRIMARY KEY NOT NULL,
	"enabled" boolean DEFAULT false NOT NULL,
	"min_minor" bigint,
	"target_minor" bigint,
	"payment_method_id" text,
	"backup_payment_method_id" text,
	"min_charge_minor" bigint,
	"max_charge_minor" bigint,
	"max_per_day_minor" bigint,
	"max_charges_per_day" integer,
	"max_per_month_minor" bigint,
	"min_interval_minutes" integer,
	"consent_id" uuid,
	"consecutive_failures" integer DEFAULT 0 NOT NULL,
	"retry_at" timestamp (3) with time zone,
	"paused_at" timestamp (3) with time zone,
	"pause_reason" text,
	"paused_fingerprint" text,
	"blocked_fingerprint" text,
	"stopped_at" timestamp (3) with time zone,
	"episode_id" uuid,
	"updated_at" timestamp (3) with time zone NOT NULL,
	"updated_by" uuid,
	CONSTRAINT "enabled_needs_consent" CHECK (not enabled or (consent_id is not null and min_minor is not null and target_minor is not null)),
	CONSTRAINT "min_below_target" CHECK (min_minor is null or target_minor is null or min_minor < target_minor)
);
--> statement-breakpoint
CREATE TABLE "idempotency_keys" (
	"tenant_id" uuid NOT NULL,
	"key" text NOT NULL,
	"request_hash" text NOT NULL,
	"status" integer,
	"body" text,
	"created_at" timestamp (3) with time zone NOT NULL,
	"lease_until" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "idempotency_keys_tenant_id_key_pk" PRIMARY KEY("tenant_id","key")
);
--> statement-breakpoint
CREATE TABLE "api_tokens" (
	"tenant_id" uuid NOT NULL,
	"token_id" uuid NOT NULL,
	"name" text NOT NULL,
	"role" text NOT NULL,
	"scopes" text[] NOT NULL,
	"created_by" uuid,
	"created_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"last_used_at" timestamp (3) with time zone,
	"revoked_at" timestamp (3) with time zone,
	CONSTRAINT "api_tokens_tenant_id_token_id_pk" PRIMARY KEY("tenant_id","token_id")
);
--> statement-breakpoint
CREATE TABLE "memberships" (
	"tenant_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"role" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "memberships_tenant_id_user_id_pk" PRIMARY KEY("tenant_id","user_id")
);
--> statement-breakpoint
CREATE TABLE "rate_limits" (
	"key" varchar(255) PRIMARY KEY NOT NULL,
	"points" integer DEFAULT 0 NOT NULL,
	"expire" bigint
);
--> statement-breakpoint
CREATE TABLE "tenants" (
	"tenant_id" uuid PRIMARY KEY NOT NULL,
	"slug" text NOT NULL,
	"name" text NOT NULL,
	"currency" text NOT NULL,
	"time_zone" text DEFAULT 'UTC' NOT NULL,
	"locale" text DEFAULT 'en' NOT NULL,
	"stripe_customer_id" text,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "tenants_slug_unique" UNIQUE("slug"),
	CONSTRAINT "tenants_stripe_customer_id_unique" UNIQUE("stripe_customer_id")
);
--> statement-breakpoint
CREATE TABLE "user_sessions" (
	"session_id" uuid PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"user_agent" text,
	"created_at" timestamp (3) with time zone NOT NULL,
	"ended_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "users" (
	"user_id" uuid PRIMARY KEY NOT NULL,
	"email" text NOT NULL,
	"name" text NOT NULL,
	"password_hash" text,
	"is_operator" boolean DEFAULT false NOT NULL,
	"locale" text DEFAULT 'en' NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "users_email_unique" UNIQUE("email")
);
--> statement-breakpoint
CREATE TABLE "job_runs" (
	"job" text PRIMARY KEY NOT NULL,
	"started_at" timestamp (3) with time zone,
	"finished_at" timestamp (3) with time zone,
	"outcome" text,
	"cursor_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "stripe_events" (
	"tenant_id" uuid,
	"event_id" text PRIMARY KEY NOT NULL,
	"type" text NOT NULL,
	"object_id" text,
	"stripe_customer_id" text,
	"created_at" timestamp (3) with time zone NOT NULL,
	"received_at" timestamp (3) with time zone NOT NULL,
	"via" text NOT NULL,
	"claimed_until" timestamp (3) with time zone,
	"attempts" integer DEFAULT 0 NOT NULL,
	"last_error" text,
	"handled_at" timestamp (3) with time zone
);
--> statement-breakpoint
ALTER TABLE "notifications" ADD CONSTRAINT "notifications_tenant_id_tenants_tenant_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("tenant_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "payment_methods" ADD CONSTRAINT "payment_methods_tenant_id_tenants_tenant_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("tenant_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "recharge_rules" ADD CONSTRAINT "recharge_rules_tenant_id_tenants_tenant_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("tenant_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "api_tokens" ADD CONSTRAINT "api_tokens_tenant_id_tenants_tenant_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("tenant_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_tenant_id_tenants_tenant_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("tenant_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_user_id_users_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("user_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "user_sessions" ADD CONSTRAINT "user_sessions_user_id_users_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("user_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "ledger_accounts_due" ON "ledger_accounts" USING btree ("recharge_check_at","tenant_id") WHERE needs_recharge;--> statement-breakpoint
CREATE INDEX "ledger_entries_by_transaction" ON "ledger_entries" USING btree ("tenant_id","transaction_id");--> statement-breakpoint
CREATE UNIQUE INDEX "ledger_holds_source" ON "ledger_holds" USING btree ("tenant_id","source_id");--> statement-breakpoint
CREATE INDEX "ledger_holds_expiring" ON "ledger_holds" USING btree ("expires_at") WHERE state = 'active';--> statement-breakpoint
CREATE UNIQUE INDEX "ledger_transactions_source" ON "ledger_transactions" USING btree ("tenant_id","kind","source_id");--> statement-breakpoint
CREATE UNIQUE INDEX "notifications_once" ON "notifications" USING btree ("tenant_id","kind","dedupe_key");--> statement-breakpoint
CREATE INDEX "notifications_unsent" ON "notifications" USING btree ("created_at") WHERE sent_at is null;--> statement-breakpoint
CREATE INDEX "notifications_by_time" ON "notifications" USING btree ("tenant_id","created_at");--> statement-breakpoint
CREATE UNIQUE INDEX "payment_methods_one_default" ON "payment_methods" USING btree ("tenant_id") WHERE is_default and removed_at is null;--> statement-breakpoint
CREATE INDEX "payment_methods_by_time" ON "payment_methods" USING btree ("tenant_id","created_at");--> statement-breakpoint
CREATE INDEX "card_tries_by_card" ON "card_tries" USING btree ("fingerprint","created_at");--> statement-breakpoint
CREATE UNIQUE INDEX "recharge_attempts_one_open" ON "recharge_attempts" USING btree ("tenant_id") WHERE state in ('reserved', 'charging', 'processing', 'requires_action', 'unknown');--> statement-breakpoint
CREATE UNIQUE INDEX "recharge_attempts_payment_intent" ON "recharge_attempts" USING btree ("stripe_payment_intent_id");--> statement-breakpoint
CREATE UNIQUE INDEX "recharge_attempts_request_key" ON "recharge_attempts" USING btree ("tenant_id","request_key");--> statement-breakpoint
CREATE INDEX "recharge_attempts_by_time" ON "recharge_attempts" USING btree ("tenant_id","created_at");--> statement-breakpoint
CREATE INDEX "recharge_attempts_unresolved" ON "recharge_attempts" USING btree ("lease_until") WHERE state in ('reserved', 'charging', 'processing', 'requires_action', 'unknown');--> statement-breakpoint
CREATE INDEX "recharge_decisions_by_time" ON "recharge_decisions" USING btree ("tenant_id","created_at");--> statement-breakpoint
CREATE UNIQUE INDEX "api_tokens_by_jti" ON "api_tokens" USING btree ("token_id");--> statement-breakpoint
CREATE INDEX "memberships_by_user" ON "memberships" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "user_sessions_by_user" ON "user_sessions" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "stripe_events_unhandled" ON "stripe_events" USING btree ("received_at") WHERE handled_at is null;--> statement-breakpoint
CREATE INDEX "stripe_events_by_time" ON "stripe_events" USING btree ("received_at");