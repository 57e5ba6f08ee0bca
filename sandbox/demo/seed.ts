import { closePools } from "@/db/client";
import { seed } from "@/db/seed";
import { env } from "@/lib/env";
import { makeHistory } from "./history";

await seed(env().DATABASE_URL);
if (env().STRIPE_API_BASE) await makeHistory();
await closePools();
