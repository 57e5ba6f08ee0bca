import { getTableColumns, type InferSelectModel } from "drizzle-orm";
import type { PgTable } from "drizzle-orm/pg-core";

type Shape = { key: string; column: string; isInstant: boolean }[];
const shapes = new Map<PgTable, Shape>();

function shapeOf(table: PgTable): Shape {
  let shape = shapes.get(table);
  if (!shape) {
    shape = Object.entries(getTableColumns(table)).map(([key, { name, dataType }]) => ({
      key,
      column: name,
      isInstant: dataType === "date",
    }));
    shapes.set(table, shape);
  }
  return shape;
}

/** A row that PostgreSQL's `to_json` made, as Drizzle would have read it. Integers above 2^53 are not told apart. */
export function fromJsonRow<T extends PgTable>(table: T, json: Record<string, unknown>): InferSelectModel<T> {
  const row: Record<string, unknown> = {};
  for (const { key, column, isInstant } of shapeOf(table)) {
    const value = json[column];
    row[key] = isInstant && typeof value === "string" ? new Date(value) : value;
  }
  return row as InferSelectModel<T>;
}
