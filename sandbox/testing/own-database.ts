import { randomBytes } from "node:crypto";
import { afterAll } from "vitest";
import { createDatabase, dropDatabase } from "./database";

// Runs before each file of the project "db": by the time the file's imports are evaluated, its database exists.
const name = `test_${randomBytes(6).toString("hex")}`;
process.env.DATABASE_URL = await createDatabase(name);
afterAll(() => dropDatabase(name));
