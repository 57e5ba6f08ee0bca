/** A step of the payment set-up. The words are messages: `diagnostics.steps.<name>` and `diagnostics.details.<detail>`. */
export type StepName = "keys" | "api" | "customer" | "webhook" | "jobs" | "database" | "mail";
export type Detail =
  | "keysTest"
  | "keysLive"
  | "keysStandIn"
  | "apiAnswers"
  | "apiRefuses"
  | "apiSilent"
  | "customerKnown"
  | "customerNotYet"
  | "customerMissing"
  | "webhookReceived"
  | "webhookWaiting"
  | "webhookNever"
  | "sweepRan"
  | "sweepLate"
  | "sweepNever"
  | "databaseAnswers"
  | "mailAnswers"
  | "mailSilent";

export type Step = {
  name: StepName;
  state: "pass" | "warn" | "fail";
  detail: Detail;
  values?: Record<string, string | number>;
  /** An instant that belongs to the detail, e.g. the last event. */
  at?: Date | null;
  /** What the other side said, as it said it. */
  error?: string;
};
