/** Where a run can be disturbed. `write`: a request to Stripe that changes something; `money`: one that moves money. */
export type Place = "stripe" | "write" | "money" | "database" | "commit" | "events" | "any";

/** What goes wrong there. */
export type Disturbance =
  | "reset_before"
  | "reset_after"
  | "timeout_before"
  | "timeout_after"
  | "late"
  | "500"
  | "429"
  | "409"
  | "serialization"
  | "lost_before"
  | "lost_after"
  | "kill"
  | "stall";

export const DISTURBANCES: Record<Place, readonly Disturbance[]> = {
  stripe: ["reset_before", "reset_after", "timeout_before", "timeout_after", "500", "429"],
  write: ["reset_before", "reset_after", "timeout_before", "timeout_after", "late", "500", "429", "409"],
  // The worst of all is a request that arrives when it was given up long ago.
  money: ["reset_before", "reset_after", "timeout_before", "timeout_after", "late", "late", "late", "500", "409"],
  database: ["serialization", "lost_before", "lost_after"],
  commit: ["serialization", "lost_before", "lost_after"],
  events: ["lost_before", "lost_after"],
  any: ["kill", "stall"],
};

/** The `nth` time from now that something passes the place, this happens to it, `times` times in a row. */
export type Arm = { place: Place; nth: number; times: number; what: Disturbance };

export type PointKind = "stripe" | "answer" | "database" | "commit" | "resume" | "events" | "timer" | "begin";
/** A boundary at which a task waits for its turn. `write`: it changes something at Stripe. */
export type Point = { kind: PointKind; text: string; write?: boolean };

const AT: Record<Place, (point: Point) => boolean> = {
  stripe: (point) => point.kind === "stripe",
  write: (point) => point.kind === "stripe" && point.write === true,
  money: (point) => point.kind === "stripe" && /^POST \/v1\/(payment_intents|refunds)$/.test(point.text),
  database: (point) => point.kind === "database" || point.kind === "begin",
  commit: (point) => point.kind === "commit",
  events: (point) => point.kind === "events",
  any: () => true,
};

/** The disturbances that wait for their moment. */
export class Faults {
  #arms: Arm[] = [];
  /** While it lasts, no request reaches Stripe. Unix milliseconds. */
  outageUntilMs = 0;

  arm(arm: Arm): void {
    this.#arms.push({ ...arm });
  }

  /** Nothing is disturbed any more. */
  clear(): void {
    this.#arms = [];
    this.outageUntilMs = 0;
  }

  /** What happens to whatever passes a point now; counts the passage. */
  at(point: Point, nowMs: number): Disturbance | null {
    let found: Disturbance | null = null;
    for (const arm of this.#arms.filter(({ place }) => AT[place](point))) {
      if (arm.nth > 1) arm.nth--;
      else if (!found) {
        found = arm.what;
        arm.times--;
      }
    }
    this.#arms = this.#arms.filter(({ times }) => times > 0);
    if (!found && point.kind === "stripe" && nowMs < this.outageUntilMs) return "reset_before";
    return found;
  }
}
