import { type Flatness, judgeFlatness } from "./flat";
import type { Measure, Watch } from "./watch";

/**
 * A leak worth the name keeps a kilobyte of each request. What grows by less in a run of half an hour cannot be told from the
 * collector's own coming and going.
 */
const LEAK_MB_PER_REQUEST = 1 / 1_024;
/** Descriptors and connections come in pools: a handful more is a pool that has filled, dozens an hour are lost ones. */
const DESCRIPTORS_PER_HOUR = 60;

export type Judged = { name: string; what: string; unit: string; flatness: Flatness | null; samples: number };

/** Everything that must stay flat. @param answersPerInstance over the whole load */
export function judge(
  watch: Watch,
  names: readonly string[],
  durationMs: number,
  answersPerInstance: number,
): Judged[] {
  const requestsPerHour = (answersPerInstance / durationMs) * 3_600_000;
  const most: Record<Measure, { unit: string; perHour: number }> = {
    rss: { unit: "MB", perHour: requestsPerHour * LEAK_MB_PER_REQUEST },
    live: { unit: "MB", perHour: requestsPerHour * LEAK_MB_PER_REQUEST },
    external: { unit: "MB", perHour: requestsPerHour * LEAK_MB_PER_REQUEST },
    descriptors: { unit: "", perHour: DESCRIPTORS_PER_HOUR },
  };
  const ofInstances = names.flatMap((name) =>
    (Object.keys(most) as Measure[]).map((measure): Judged => {
      const samples = watch.longest(name)?.[measure] ?? [];
      const { unit, perHour } = most[measure];
      const flatness = judgeFlatness(samples, durationMs, perHour);
      return { name, what: measure, unit, flatness, samples: samples.length };
    }),
  );
  const connections = judgeFlatness(watch.connections, durationMs, DESCRIPTORS_PER_HOUR);
  const ofDatabase = { name: "postgres", what: "connections", unit: "", flatness: connections };
  return [...ofInstances, { ...ofDatabase, samples: watch.connections.length }];
}
