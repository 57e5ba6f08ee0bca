/** @property at share of the run's time */
export type Kill = { at: number; part: "app" | "inngest"; index: number };

/**
 * Who is killed when. The instances' memory is judged after the warm-up, hence their first deaths fall into it, and the last after
 * everything has been measured; executors can be killed at any time.
 */
export function killsOf(instances: number, executors: number): Kill[] {
  const kills: Kill[] = [
    { at: 0.08, part: "app", index: 0 },
    { at: 0.14, part: "inngest", index: 0 },
    { at: 0.2, part: "app", index: 1 },
    { at: 0.55, part: "inngest", index: 1 },
    { at: 0.96, part: "app", index: 0 },
  ];
  return kills.filter(({ part, index }) => index < (part === "app" ? instances : executors));
}
