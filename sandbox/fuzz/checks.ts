import type { Change } from "./changes";
import type { Description } from "./description";
import { isMeant } from "./meant";
import type { FuzzRequest } from "./request";
import type { Answer } from "./wire";

/** What nobody outside may read: stacks, statements, places in files, addresses of the inside. */
const LEAKS =
  /\n\s+at \S|node_modules|\.[tj]sx?:\d|\bselect\b[^.]+\bfrom\b|insert into|ECONN|postgres|violates|drizzle|TypeError|RangeError|\/(?:tmp|home|usr|work)\//i;
const SLOWEST_MS = 5_000;

type Problem = { status: number; code: string; requestId: string };

/** The answer's JSON; undefined when it is none. */
export function jsonOf(answer: Answer): unknown {
  if (!/json/.test(answer.headers["content-type"] ?? "")) return undefined;
  try {
    return JSON.parse(answer.text);
  } catch {
    return undefined;
  }
}

const typeOf = (answer: Answer) => (answer.headers["content-type"] ?? "").split(";")[0] ?? "";

function checkRefusal(asked: FuzzRequest, answer: Answer, description: Description): string[] {
  if (asked.method === "HEAD") return [];
  const { validateProblem } = description;
  const body = jsonOf(answer);
  if (typeOf(answer) !== "application/problem+json") return [`a refusal as "${typeOf(answer)}"`];
  if (!validateProblem(body)) return [`a refusal that is no Problem: ${validateProblem.errors?.[0]?.message}`];
  const { status, code, requestId } = body as Problem;
  const found: string[] = [];
  if (status !== answer.status) found.push(`a Problem that says ${status}`);
  if (requestId !== answer.headers["x-request-id"]) found.push("a Problem with another request's id");
  const documented = asked.operation?.answers.get(answer.status);
  if (asked.operation && !documented?.codes.includes(code)) found.push(`${code} is not documented`);
  if (!asked.operation && answer.status === 405 && !answer.headers.allow) found.push("405 without Allow");
  return found;
}

function checkSuccess(asked: FuzzRequest, answer: Answer): string[] {
  if (asked.wrong) return [`accepted although ${asked.wrong}`];
  if (!asked.operation) return [];
  const documented = asked.operation.answers.get(answer.status);
  if (!documented) return [`${answer.status} is not documented`];
  if (documented.mediaTypes.length > 0 && !documented.mediaTypes.some((type) => type.split(";")[0] === typeOf(answer)))
    return [`"${typeOf(answer)}" is not documented`];
  const { validate } = documented;
  if (!validate || validate(jsonOf(answer))) return [];
  const [error] = validate.errors ?? [];
  return [`otherwise than documented: ${error?.instancePath} ${error?.message}`];
}

const say = ({ operation, rows, table, columns }: Change) =>
  `${operation} of ${rows} in ${table}${operation === "UPDATE" ? ` (${columns.join(", ")})` : ""}`;

function checkRows({ caller, namedTenant, method }: FuzzRequest, answer: Answer | null, changes: Change[]): string[] {
  const code = answer && answer.status >= 400 ? ((jsonOf(answer) as Problem | undefined)?.code ?? "") : null;
  const unmeant = changes.filter((change) => !isMeant(change, code));
  const found: string[] = [];
  if ((answer === null || answer.status >= 400) && unmeant.length > 0)
    found.push(`refused (${code ?? "cut off"}), but ${unmeant.map(say).join(", ")}`);
  else if ((method === "GET" || method === "HEAD") && unmeant.length > 0)
    found.push(`only asked, but ${unmeant.map(say).join(", ")}`);
  const own = caller.role === "operator" ? [caller.tenantId, namedTenant] : [caller.tenantId];
  const others = changes.filter(({ tenantId }) => tenantId !== null && !own.includes(tenantId));
  if (others.length > 0) found.push(`changed another tenant's: ${others.map(say).join(", ")}`);
  return found;
}

/**
 * What is wrong with an answer and with what the request did.
 * @param answer null: there was none
 * @returns nothing when all is well
 */
export function check(
  asked: FuzzRequest,
  answer: Answer | null,
  changes: Change[],
  description: Description,
): string[] {
  const rows = checkRows(asked, answer, changes);
  if (answer === null) return asked.delivery === "cut" ? rows : ["no answer", ...rows];
  const found: string[] = [];
  if (answer.status >= 500) found.push(`${answer.status} ${answer.text.slice(0, 300)}`);
  if (answer.ms > SLOWEST_MS) found.push(`answered after ${Math.round(answer.ms)} ms only`);
  const leak = typeOf(answer) === "application/json" || answer.status >= 400 ? LEAKS.exec(answer.text) : null;
  if (leak) found.push(`tells of the inside: ${JSON.stringify(leak[0].slice(0, 100))}`);
  if (!answer.headers["x-request-id"]) found.push("without X-Request-Id");
  if (answer.status >= 400 && answer.status < 500) found.push(...checkRefusal(asked, answer, description));
  if (answer.status < 300) found.push(...checkSuccess(asked, answer));
  return [...found, ...rows];
}
