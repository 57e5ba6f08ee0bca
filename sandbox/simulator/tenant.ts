import type { TenantScope } from "@/lib/auth/scope";
import type { TenantId } from "@/lib/ids";
import { Span } from "./calls";
import type { RuleTerms, TenantPlan } from "./story/types";

/** A rule that may have been in force: asked for at the beginning of its span, certainly saved at its end. */
export type RuleVersion = { terms: RuleTerms | null; span: Span };

/** One customer of a story, and what the simulator knows of it from the product's answers alone. */
export class SimulatedTenant {
  readonly scope: TenantScope;
  /** Sums of what was certainly accepted, minor units. */
  readonly accepted = { adjustedMinor: 0, debitedMinor: 0, capturedMinor: 0 };
  readonly holds: { holdId: string; amountMinor: number }[] = [];
  readonly rules: RuleVersion[] = [];
  /** When something happened that may end a pause or a back-off; unix milliseconds. */
  readonly freshStartsMs: number[] = [];
  /** Usage that was certainly recorded. */
  readonly used: { subscription: string; quantity: number; atMs: number }[] = [];
  stopped = false;

  constructor(
    readonly index: number,
    readonly tenantId: TenantId,
    readonly plan: TenantPlan,
  ) {
    this.scope = { tenantId, role: "owner", userId: null, actor: "simulator", scopes: [] };
    const span = new Span();
    span.close();
    this.rules.push({ terms: null, span });
  }

  get name(): string {
    return `tenant ${this.index}`;
  }

  /** The rules that may have been in force at an instant: saved or being saved, and not certainly replaced. */
  rulesAt(ms: number): RuleVersion[] {
    const replaced = (version: RuleVersion) =>
      this.rules.some(
        (other) => other !== version && other.span.fromMs >= version.span.certainMs && other.span.certainMs <= ms,
      );
    return this.rules.filter((version) => version.span.fromMs <= ms && !replaced(version));
  }
}
