import { defineConfig } from "vitest/config";

const alias = { "@": import.meta.dirname };
const ignored = ["**/node_modules/**", ".next/**", ".evenkeel/**", "e2e/**"];
const contract = "sandbox/stripe/contract/prepare.ts";

/** These change what they load for whoever comes after them. */
const apart = ["messages/readable.test.ts"];
const database = {
  exclude: ignored,
  globalSetup: ["sandbox/testing/cluster.ts", contract],
  setupFiles: ["sandbox/testing/environment.ts", "sandbox/testing/own-database.ts"],
  testTimeout: 60_000,
  hookTimeout: 60_000,
};

export default defineConfig({
  test: {
    pool: "forks",
    // One more than the processors of a small machine: files wait for their database a good part of the time.
    maxWorkers: 3,
    // postgres.js asks each new connection for the types of arrays, and nobody hears when that fails: a pool that is closed while it
    // was still connecting, at the end of a file, is nothing that went wrong.
    onUnhandledError: (error) =>
      !(
        "code" in error &&
        error.code === "CONNECTION_CLOSED" &&
        "query" in error &&
        /pg_type/.test(String(error.query))
      ),
    projects: [
      {
        resolve: { alias },
        test: {
          name: "unit",
          // Nothing here keeps a configuration or a connection: to import everything once is half of the time.
          isolate: false,
          globalSetup: [contract],
          include: ["**/*.test.ts", "**/*.test.tsx"],
          exclude: [...ignored, "**/*.db.test.ts", ...apart],
          setupFiles: ["sandbox/testing/environment.ts"],
          testTimeout: 40_000,
        },
      },
      {
        resolve: { alias },
        test: { name: "apart", include: apart, exclude: ignored, setupFiles: ["sandbox/testing/environment.ts"] },
      },
      {
        resolve: { alias },
        test: {
          name: "db",
          // A worker loads the product once, for many files; `own-database` makes it forget what it knew of the one before.
          isolate: false,
          include: ["**/*.db.test.ts"],
          ...database,
        },
      },
      {
        resolve: { alias },
        test: {
          name: "front",
          include: ["lib/http/contract.db.test.ts"],
          ...database,
          setupFiles: [...database.setupFiles, "sandbox/testing/through-front.ts"],
        },
      },
    ],
  },
});
