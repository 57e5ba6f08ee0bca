DROP INDEX "ledger_entries_by_transaction";--> statement-breakpoint
CREATE INDEX "ledger_entries_by_transaction" ON "ledger_entries" USING btree ("transaction_id") WHERE account <> 'usage_revenue';