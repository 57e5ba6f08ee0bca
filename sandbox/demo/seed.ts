import { closePools } from "@/db/client";
import { seed } from "@/db/seed";
import { env } from "@/lib/env";

await seed(env().DATABASE_URL);
await closePools();
