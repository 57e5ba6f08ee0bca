import { serve } from "inngest/node";
import { inngest } from "./client";
import { functions } from "./index";

/** The jobs as a handler of Node's, for the listener in front of Next; the route file has the same ones for every other place. */
export const jobs = serve({ client: inngest, functions });
