import type postgres from "postgres";

export const SCHEMA = "sandbox_inngest";

/**
 * Everything a restart needs. A queue row stands for work that is still owed; it is deleted in the transaction that
 * records the work's outcome, so a killed executor finds it again. Leases live in memory only: one executor at a time
 * works on a database (see lock.ts), so at start every earlier lease is void.
 */
const DDL = `
create schema if not exists ${SCHEMA};
set local search_path to ${SCHEMA};
create table if not exists registration (
  app_url text primary key, body jsonb not null);
create table if not exists events (
  seq bigserial primary key, id text not null unique, seed text unique, name text not null, payload jsonb not null,
  received_at timestamptz not null, dispatched boolean not null);
create table if not exists once (
  key text primary key, at timestamptz not null);
create table if not exists runs (
  seq bigserial unique, id text primary key, fn_id text not null, status text not null, events jsonb not null,
  slots jsonb not null, singleton text, pending text[] not null default '{}', planning boolean not null default false,
  version int not null default -1, calls int not null default 0, cron boolean not null, result jsonb, error jsonb,
  started_at timestamptz not null, ended_at timestamptz);
create index if not exists runs_running on runs (fn_id) where status = 'running';
create table if not exists steps (
  run_id text not null references runs on delete cascade, id text not null, pos bigserial, name text,
  value jsonb not null, primary key (run_id, id));
create table if not exists queue (
  id text primary key, run_id text not null references runs on delete cascade, step_id text not null,
  kind text not null, name text, attempt int not null, breaks int not null default 0, due_at timestamptz not null,
  unique (run_id, step_id, kind));
create table if not exists waits (
  run_id text not null references runs on delete cascade, step_id text not null, kind text not null, event text,
  condition text, primary key (run_id, step_id));
create index if not exists waits_event on waits (event);
create table if not exists crons (
  key text primary key, last_tick timestamptz not null);
create table if not exists throttles (
  key text primary key, next_at timestamptz not null);
alter table runs add column if not exists priority int not null default 0,
  add column if not exists begun_at timestamptz, add column if not exists held_key text,
  add column if not exists held_until timestamptz, add column if not exists step_count int not null default 0,
  add column if not exists state_bytes bigint not null default 0;
create unique index if not exists runs_held on runs (fn_id, held_key) where status = 'held';
`;

/** Creates the executor's own schema when it is not there. Safe to repeat. */
export async function createSchema(sql: postgres.Sql): Promise<void> {
  await sql.begin((tx) => tx.unsafe(DDL).simple());
}
