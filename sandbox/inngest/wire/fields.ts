import { z } from "zod";
import { checkExpression } from "../expressions";
import { durationMs } from "../time/durations";
import { Schedule } from "../time/schedule";

/** A string for which `read` does not throw. */
const readable = (read: (text: string) => unknown) =>
  z.string().superRefine((text, context) => {
    try {
      read(text);
    } catch (error) {
      context.addIssue({ code: "custom", message: error instanceof Error ? error.message : String(error) });
    }
  });

export const expression = readable((text) => {
  try {
    checkExpression(text);
  } catch (error) {
    throw new Error(`is not valid CEL: ${String(error)}`);
  }
});

export const duration = readable(durationMs);

/** A duration, or an instant. */
export const when = readable((text) =>
  /^\d{4}-\d\d-\d\dT/.test(text) ? new Date(text).toISOString() : durationMs(text),
);

/** A duration within the server's bounds. */
export const lasting = (least: string, most: string) =>
  readable((text) => {
    const ms = durationMs(text);
    if (ms < durationMs(least) || ms > durationMs(most))
      throw new Error(`'${text}' is not between ${least} and ${most}`);
  });

export const cronExpression = readable((text) => {
  try {
    if (new Schedule(text).nextAfter(0) === null) throw new Error("never fires");
  } catch (error) {
    throw new Error(`'${text}' ${error instanceof Error ? error.message : String(error)}`);
  }
});
