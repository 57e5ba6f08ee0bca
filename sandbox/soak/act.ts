import type { Random } from "../simulator/random";
import type { Fleet } from "./fleet";
import type { LoadedTenant } from "./tenants";

export type Scene = {
  random: Random;
  of: LoadedTenant;
  fleet: Fleet;
  /** Address of the stand-in of Stripe. */
  stripeUrl: string;
};

/** Something that somebody does: drawn at once, done by the function it gives back. */
export type Act = (scene: Scene) => () => Promise<unknown>;
