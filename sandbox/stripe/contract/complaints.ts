import type { ErrorObject } from "ajv";

/** One thing that is not as Stripe's types say. */
export interface Complaint {
  /** `lines.data[0].amount`; empty for the whole. */
  at: string;
  /** `must be integer` */
  wrong: string;
  /** The value found there, as far as it can be shown. */
  value: string;
}

const SHOWN_CHARACTERS = 120;
const SHOWN_CHOICES = 12;

/** Says in words what a validator found. @param value what was checked */
export function complaints(errors: readonly ErrorObject[], value: unknown): Complaint[] {
  return nearest(errors).map((error) => {
    const steps = stepsOf(error.instancePath);
    const extra = error.keyword === "additionalProperties" ? String(error.params.additionalProperty) : null;
    const missing = error.keyword === "required" ? String(error.params.missingProperty) : null;
    const path = [...steps, ...[extra ?? missing ?? []].flat()];
    return { at: pathText(path), wrong: wordsFor(error), value: missing ? "" : shown(valueAt(value, path)) };
  });
}

/**
 * A value that fits none of several choices is complained about by each of them. Kept are the complaints of the one it was meant
 * to be (it has the right type, something inside is wrong), or else the one that names all choices.
 */
function nearest(errors: readonly ErrorObject[]): ErrorObject[] {
  let kept = [...errors];
  for (const choice of errors.filter((error) => error.keyword === "anyOf")) {
    const inside = kept.filter((error) => error.schemaPath.startsWith(`${choice.schemaPath}/`));
    const branchOf = (error: ErrorObject) => error.schemaPath.slice(choice.schemaPath.length + 1).split("/")[0];
    const wrongOutside = inside.filter((error) => error.instancePath === choice.instancePath && isAboutTheWhole(error));
    const excluded = new Set(wrongOutside.map(branchOf));
    const meant = inside.filter((error) => !excluded.has(branchOf(error)));
    const drop = new Set<ErrorObject>(
      meant.length > 0 ? [choice, ...inside.filter((e) => !meant.includes(e))] : inside,
    );
    kept = kept.filter((error) => !drop.has(error));
  }
  return kept;
}

const isAboutTheWhole = ({ keyword }: ErrorObject) => ["type", "enum", "pattern"].includes(keyword);

function wordsFor({ keyword, params }: ErrorObject): string {
  if (keyword === "additionalProperties") return "Stripe has no such member";
  if (keyword === "required") return "is missing";
  if (keyword === "type") return `must be ${[params.type].flat().join(" or ")}`;
  if (keyword === "enum") return `must be ${listed((params.allowedValues as unknown[]).map((v) => JSON.stringify(v)))}`;
  if (keyword === "pattern") return `must be text like ${params.pattern}`;
  if (keyword === "false schema") return "must not be here: the object cannot be a deleted one";
  return keyword === "anyOf" ? "fits none of the forms that Stripe has for it" : `breaks ${keyword}`;
}

function listed(choices: string[]): string {
  const more = choices.length - SHOWN_CHOICES;
  return more > 1 ? `${choices.slice(0, SHOWN_CHOICES).join(", ")} … (${more} more)` : choices.join(", ");
}

function stepsOf(pointer: string): string[] {
  return pointer
    .split("/")
    .slice(1)
    .map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"));
}

export function pathText(steps: readonly string[]): string {
  return steps.map((step, at) => (/^\d+$/.test(step) ? `[${step}]` : at === 0 ? step : `.${step}`)).join("");
}

function valueAt(value: unknown, steps: readonly string[]): unknown {
  return steps.reduce<unknown>(
    (node, step) => (typeof node === "object" && node !== null ? Reflect.get(node, step) : undefined),
    value,
  );
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? "undefined";
  return text.length > SHOWN_CHARACTERS ? `${text.slice(0, SHOWN_CHARACTERS)}…` : text;
}
