export type FormValue = string | FormValue[] | FormTree;
export interface FormTree {
  [name: string]: FormValue;
}

const MAX_DEPTH = 12;

function segmentsOf(key: string): string[] {
  const open = key.indexOf("[");
  if (open <= 0) return [key];
  const inner = key.slice(open).match(/\[[^\]]*\]/g) ?? [];
  return [key.slice(0, open), ...inner.map((part) => part.slice(1, -1))];
}

/** A tree whose keys are all 0, 1, 2 … is the list that the SDK writes as `a[0]`. */
function listsFrom(value: FormValue): FormValue {
  if (typeof value === "string" || Array.isArray(value)) return value;
  const entries = Object.entries(value).map(([key, member]) => [key, listsFrom(member)] as const);
  if (entries.length > 0 && entries.every(([key], at) => key === String(at)))
    return entries.map(([, member]) => member);
  return Object.fromEntries(entries);
}

/**
 * Decodes Stripe's form dialect: `a[b]=1` nests, `a[0]=x` (the SDK) and `a[]=x` (curl, the CLI) are lists. Values stay
 * text, because only the parameter's own type says what it means: metadata `1` is "1".
 */
export function decodeForm(form: URLSearchParams): FormTree {
  const root: FormTree = Object.create(null) as FormTree;
  for (const [key, value] of form) {
    const segments = segmentsOf(key).slice(0, MAX_DEPTH);
    let node = root;
    segments.forEach((segment, at) => {
      const name = segment === "" ? String(Object.keys(node).length) : segment;
      if (at === segments.length - 1) {
        node[name] = value;
        return;
      }
      const next = node[name];
      const child = typeof next === "object" && !Array.isArray(next) ? next : (Object.create(null) as FormTree);
      node[name] = child;
      node = child;
    });
  }
  return Object.fromEntries(Object.entries(root).map(([key, value]) => [key, listsFrom(value)]));
}

/** One text for the same parameters, in whatever order they came. */
export function canonicalForm(value: FormValue): string {
  if (typeof value === "string") return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonicalForm).join(",")}]`;
  const members = Object.keys(value).sort();
  return `{${members.map((name) => `${JSON.stringify(name)}:${canonicalForm(value[name] ?? "")}`).join(",")}}`;
}
