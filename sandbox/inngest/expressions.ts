import { evaluate, parse } from "@marcbachmann/cel-js";

/** Throws when an expression of a function's configuration is not valid CEL. */
export function checkExpression(expression: string): void {
  parse(expression);
}

/**
 * Evaluates a CEL expression (triggers, waits, cancellations, keys).
 * Data that is missing, or of a type the operator does not take, is "no match" and gives `undefined`, as on the server.
 */
export function evaluateExpression(expression: string, scope: Record<string, unknown>): unknown {
  try {
    const value: unknown = evaluate(expression, scope);
    return typeof value === "bigint" ? Number(value) : value;
  } catch (error) {
    if (error instanceof Error && /No such key|no such overload/i.test(error.message)) return undefined;
    throw error;
  }
}

/** Whether a condition holds; no condition always does. */
export function holds(condition: string | null | undefined, scope: Record<string, unknown>): boolean {
  return !condition || evaluateExpression(condition, scope) === true;
}
