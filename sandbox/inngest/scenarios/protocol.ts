import { afterAll, beforeAll, describe } from "vitest";
import { endingScenarios } from "./endings";
import { eventScenarios } from "./events";
import { flowScenarios } from "./flow-control";
import type { HostKind } from "./host";
import { loadScenarios } from "./load";
import { stepScenarios } from "./steps";
import { World } from "./world";

/**
 * What Evenkeel's functions may rely on, told once and checked against whatever runs them: the embedded executor in
 * all its modes, and an Inngest server where there is one.
 */
export function protocolScenarios(kind: HostKind): void {
  describe(kind.name, () => {
    const world = new World(kind);
    beforeAll(() => world.open());
    afterAll(() => world.close());
    describe("steps", () => stepScenarios(world));
    describe("endings", () => endingScenarios(world));
    describe("events", () => eventScenarios(world));
    describe("flow control", () => flowScenarios(world));
    describe("many and large", () => loadScenarios(world));
  });
}
