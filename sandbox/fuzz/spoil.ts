import type { Random } from "../simulator/random";
import type { Known } from "./known";
import { oddNumber, oddString, oddValue } from "./odd";

type Holder = Record<string, unknown> | unknown[];
type Place = { holder: Holder; key: string | number };

/** Every place in a value that something else can be put into. */
function placesOf(value: unknown, found: Place[] = []): Place[] {
  if (!value || typeof value !== "object") return found;
  for (const key of Array.isArray(value) ? value.keys() : Object.keys(value)) {
    if (found.length > 60) break;
    found.push({ holder: value as Holder, key });
    placesOf((value as Record<string | number, unknown>)[key], found);
  }
  return found;
}

const get = ({ holder, key }: Place): unknown => (holder as Record<string | number, unknown>)[key];
// An own property also of a name such as __proto__, as JSON.parse makes it.
const put = ({ holder, key }: Place, value: unknown): void => {
  Object.defineProperty(holder, key, { value, enumerable: true, configurable: true, writable: true });
};

const STRANGE_NAMES = [
  "nonsense",
  "",
  "__proto__",
  "constructor",
  "toString",
  "tenantId",
  "a.b",
  "\u0000",
  "$where",
  "id",
];

function objectsIn(value: unknown): Record<string, unknown>[] {
  const inside = placesOf(value).map(get);
  return [value, ...inside].filter(
    (each): each is Record<string, unknown> => typeof each === "object" && each !== null && !Array.isArray(each),
  );
}

function nudge(random: Random, value: number): number {
  return random.pick([value + 1, value - 1, -value, value + 0.5, value * 1e6, value / 1e3]);
}

/** Changes one thing about a body, in place or as a whole. @returns the body as it is then */
export function spoil(random: Random, known: Known, body: unknown): unknown {
  const places = placesOf(body);
  const how = random.weighted({ other: 40, missing: 12, extra: 18, nudged: 15, ids: 8, whole: 4, doubled: 3 });
  if (how === "whole" || places.length === 0) {
    if (how !== "extra") return oddValue(random);
  }
  if (how === "extra") {
    const objects = objectsIn(body);
    if (objects.length > 0) put({ holder: random.pick(objects), key: random.pick(STRANGE_NAMES) }, oddValue(random));
    return body;
  }
  const place = random.pick(places);
  const value = get(place);
  if (how === "missing" && !Array.isArray(place.holder)) delete place.holder[place.key];
  else if (how === "ids") put(place, known.anyId(random) ?? oddString(random));
  else if (how === "doubled" && Array.isArray(value)) put(place, [...value, ...value]);
  else if (how === "nudged" && typeof value === "number") put(place, nudge(random, value));
  else if (how === "nudged" && typeof value === "string") {
    const amount = Number(value);
    put(place, value !== "" && Number.isFinite(amount) ? String(nudge(random, amount)) : oddString(random));
  } else put(place, random.chance(0.3) ? oddNumber(random) : oddValue(random));
  return body;
}

const nested = (open: string, inner: string, close: string, depth: number) =>
  open.repeat(depth) + inner + close.repeat(depth);

/** JSON text that is broken, or whole but of a kind that no serialiser makes. */
export function spoilText(random: Random, text: string): Buffer {
  const at = random.between(0, text.length);
  const number = /-?\d+(\.\d+)?/.exec(text);
  const texts: (() => string | Buffer)[] = [
    () => text.slice(0, at),
    () => `${text}}`,
    () => `\ufeff${text}`,
    () => text.replace(/}$/, ",}"),
    () => text.replaceAll('"', "'"),
    () => text.replace(/^\{/, '{"amount":"1.00",'),
    () => text.replace(/^\{(.*)\}$/s, "{$1,$1}"),
    () =>
      number
        ? text.replace(number[0], random.pick(["1e3", "1E400", "NaN", "Infinity", "-", "01", "0x1f", "1.", ".5"]))
        : "NaN",
    () => text.replace(/"[^"]*"$|\d+(?=\D*$)/, "9".repeat(random.pick([40, 400, 60_000]))),
    () => `{"amount":${"1".repeat(random.pick([1_000, 200_000]))}}`,
    () => `{"amount":${"1".repeat(100_000)}e5}`,
    () => nested("[", "", "]", random.pick([50, 5_000, 400_000])),
    () => nested('{"a":', "1", "}", random.pick([50, 5_000, 100_000])),
    () => text.replace(/^\{/, `{"metadata":${nested('{"a":', "1", "}", 20_000)},`),
    () => `"${"x".repeat(random.pick([10, 1_048_574, 1_048_577]))}"`,
    () => "",
    () => "   ",
    () => random.pick(["null", "[]", "0", "true", '""', "{}", "[{}]"]),
    () => Buffer.concat([Buffer.from(text.slice(0, at)), Buffer.from([0xff, 0xfe, 0xc0]), Buffer.from(text.slice(at))]),
    () => Buffer.from(text, "utf16le"),
    () => text.replace(/:\s*"/, ':"\\ud83d'),
    () => text.replace(/:\s*"/, ':"\\u0000'),
  ];
  const made = random.pick(texts)();
  return typeof made === "string" ? Buffer.from(made) : made;
}
