type Branch<T> = { value?: T; names: string[]; below: Map<string, Branch<T>>; parameter?: Branch<T> };
export type Found<T> = { value: T; params: Record<string, string> };

const branch = <T>(): Branch<T> => ({ names: [], below: new Map() });

function search<T>(at: Branch<T>, segments: string[], depth: number, caught: string[]): Found<T> | null {
  if (depth === segments.length) {
    if (at.value === undefined) return null;
    return { value: at.value, params: Object.fromEntries(at.names.map((name, i) => [name, caught[i] ?? ""])) };
  }
  const segment = segments[depth] ?? "";
  const named = at.below.get(segment);
  const found = named && search(named, segments, depth + 1, caught);
  if (found) return found;
  return at.parameter && segment !== "" ? search(at.parameter, segments, depth + 1, [...caught, segment]) : null;
}

/**
 * Finds what stands at a path. A part that is written out goes before one in braces, as in the folders of route files.
 * @param routes paths such as `/balance/holds/{id}/capture`, each with what stands there
 * @returns a search that takes the decoded parts of a path
 */
export function routeTree<T>(routes: Iterable<[path: string, value: T]>): (segments: string[]) => Found<T> | null {
  const root = branch<T>();
  for (const [path, value] of routes) {
    let at = root;
    const names: string[] = [];
    for (const segment of path.split("/").slice(1)) {
      const name = /^\{(\w+)\}$/.exec(segment)?.[1];
      if (name) names.push(name);
      const next: Branch<T> = (name ? at.parameter : at.below.get(segment)) ?? branch();
      if (name) at.parameter = next;
      else at.below.set(segment, next);
      at = next;
    }
    at.names = names;
    at.value = value;
  }
  return (segments) => search(root, segments, 0, []);
}
