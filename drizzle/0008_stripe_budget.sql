CREATE TABLE "stripe_budget" (
	"budget" text PRIMARY KEY NOT NULL,
	"free_at" timestamp with time zone NOT NULL
);
