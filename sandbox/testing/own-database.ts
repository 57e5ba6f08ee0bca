import { randomBytes } from "node:crypto";
import { afterAll } from "vitest";
import { closePools } from "@/db/client";
import { inngest } from "@/inngest/client";
import { setClockForTests } from "@/lib/clock";
import { resetEnvForTests } from "@/lib/env";
import { httpDuration } from "@/lib/metrics";
import { resetStripeForTests } from "@/lib/stripe/client";
import { createDatabase, dropDatabase } from "./database";

// Runs before each file that needs a database: by the time the file's imports are evaluated, its database exists, and a worker that
// had other files before knows nothing of theirs.
const name = `test_${randomBytes(6).toString("hex")}`;
process.env.DATABASE_URL = await createDatabase(name);
resetEnvForTests();
resetStripeForTests();
httpDuration().reset();
setClockForTests(null);
inngest.setEnvVars(process.env);

afterAll(async () => {
  await closePools();
  await dropDatabase(name);
});
