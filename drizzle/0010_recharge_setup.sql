CREATE INDEX "recharge_attempts_backups" ON "recharge_attempts" USING btree ("tenant_id","episode_id") WHERE is_backup;
--> statement-breakpoint
-- Everything that a look at a balance depends on, in one round trip: the API's balance and every decision ask for it. A tenant's
-- connection names its tenant here too, so that row level security holds without a transaction around it.
-- A row is null or {} of its columns, a list null or of objects; `p_shown` adds what is only shown.
CREATE FUNCTION recharge_setup(p_tenant uuid, p_now timestamptz, p_shown boolean) RETURNS TABLE (
  currency text, time_zone text, stripe_customer_id text, stop_all boolean, dry_run boolean, backup_tried boolean,
  rule json, account json, methods json, tries json, open json, counted json, consent json, last json
) LANGUAGE plpgsql SET enable_seqscan = off AS $$
#variable_conflict use_column
BEGIN
  IF current_user = 'evenkeel_tenant' THEN
    PERFORM set_config('app.tenant_id', p_tenant::text, true);
  END IF;
  RETURN QUERY SELECT
    t.currency, t.time_zone, t.stripe_customer_id, coalesce(b.stop_all, false), coalesce(b.dry_run, false),
    EXISTS (SELECT 1 FROM recharge_attempts x WHERE x.tenant_id = p_tenant AND x.episode_id = r.episode_id AND x.is_backup),
    to_json(r), to_json(a),
    (SELECT json_agg(json_build_object(
        'paymentMethodId', m.payment_method_id, 'isDefault', m.is_default, 'fingerprint', m.fingerprint, 'status', m.status,
        'type', m.type, 'funding', m.card->>'funding', 'country', m.card->>'country'))
      FROM payment_methods m WHERE m.tenant_id = p_tenant AND m.removed_at IS NULL),
    (SELECT json_agg(json_build_object('fingerprint', u.fingerprint, 'at', u.created_at) ORDER BY u.created_at) FROM unpaid_card_tries(
      ARRAY(SELECT m.fingerprint FROM payment_methods m WHERE m.tenant_id = p_tenant AND m.removed_at IS NULL AND m.fingerprint IS NOT NULL),
      p_now - interval '30 days') u),
    (SELECT json_build_object('attemptId', x.attempt_id, 'state', x.state, 'amountMinor', x.amount_minor, 'totalMinor', x.total_minor,
        'at', coalesce(x.charging_at, x.created_at))
      FROM recharge_attempts x
      WHERE x.tenant_id = p_tenant AND x.state IN ('reserved', 'charging', 'processing', 'requires_action', 'unknown')),
    -- What was reserved a day before the longest month may have been charged within it: so long a lost request is sent again.
    (SELECT json_agg(json_build_object('totalMinor', x.total_minor, 'at', coalesce(x.charging_at, x.created_at)))
      FROM recharge_attempts x
      WHERE x.tenant_id = p_tenant AND x.created_at >= p_now - interval '33 days' AND x.state = 'succeeded'),
    CASE WHEN p_shown THEN (SELECT json_build_object('consentId', c.consent_id, 'textVersion', c.text_version, 'actor', c.actor, 'at', c.created_at)
      FROM recharge_consents c WHERE c.tenant_id = p_tenant AND c.consent_id = r.consent_id) END,
    CASE WHEN p_shown THEN (SELECT to_json(x) FROM recharge_attempts x
      WHERE x.tenant_id = p_tenant ORDER BY x.created_at DESC, x.attempt_id DESC LIMIT 1) END
  FROM recharge_rules r
    JOIN tenants t ON t.tenant_id = r.tenant_id
    JOIN ledger_accounts a ON a.tenant_id = r.tenant_id AND a.account = 'prepaid'
    LEFT JOIN recharge_brakes b ON b.id = 1
  WHERE r.tenant_id = p_tenant;
END $$;
--> statement-breakpoint
REVOKE EXECUTE ON FUNCTION recharge_setup FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION recharge_setup TO evenkeel_tenant;
