import { type Import, importsOf } from "./imports";
import { isTest, type Source } from "./sources";

interface Law {
  /** The files that it binds. */
  from: RegExp;
  /** Files among them that it does not bind. */
  except?: RegExp;
  /** What they must not import: our files by their path from the root, packages by name. */
  forbids: RegExp;
  /** Importing only types is allowed. */
  typesAllowed?: boolean;
  /** Says where the code belongs instead. */
  because: string;
}

const PRODUCT = /^(app|components|db|inngest|lib)\//;

/** app → components → lib → db; app/api/inngest → inngest → lib. Tests are bound by none of it. */
export const LAWS: Law[] = [
  {
    from: PRODUCT,
    forbids: /^(sandbox|e2e|bench|scripts)\//,
    because: "the product never loads stand-ins, tests or scripts",
  },
  {
    from: /^components\//,
    forbids: /^(app|inngest)\//,
    because: "a component that needs a route's code belongs into that route's _components",
  },
  {
    from: /^components\//,
    forbids: /^db\//,
    typesAllowed: true,
    because: "read in lib/<concept>/queries and pass the result as props",
  },
  {
    from: /^components\/ui\//,
    forbids: /^lib\/(?!cn\b)[^/]+\//,
    because: "components/ui knows no domain; put this into components/<concept>",
  },
  {
    from: /^app\//,
    forbids: /^(db\/|drizzle-orm|postgres$)/,
    typesAllowed: true,
    because: "app holds no SQL: read in lib/<concept>/queries, change in lib/<concept>/commands",
  },
  {
    from: /^app\//,
    except: /^app\/api\/inngest\//,
    forbids: /^inngest(\/|$)/,
    because: "jobs are sent by lib, with inngest/client and inngest/events",
  },
  {
    from: /^lib\/http\//,
    forbids: /^next(\/|$)/,
    because: "the API is also answered in front of Next (lib/http/front): take it from the Request",
  },
  {
    from: /^lib\//,
    forbids: /^(app|components)\//,
    because: "lib is the product without pages; pass what it needs as a parameter",
  },
  {
    from: /^lib\//,
    forbids: /^inngest\/(?!(client|events)$)/,
    because: "lib sends events only (inngest/client, inngest/events); the function calls lib, not the other way round",
  },
  {
    from: /^lib\//,
    except: /^lib\/(auth|notifications|invoices)\//,
    forbids: /^(react|react-dom|next-intl|@radix-ui\/.*)$/,
    typesAllowed: true,
    because: "lib has no React; it belongs into components or app",
  },
  { from: /^lib\/money\//, forbids: /^(?!lib\/money\/)/, because: "lib/money is arithmetic and imports nothing" },
  {
    from: /^inngest\//,
    forbids: /^(db\/(?!schema)|drizzle-orm)/,
    typesAllowed: true,
    because: "a function looks up and calls lib; queries belong into lib/<concept>/queries",
  },
  { from: /^inngest\//, forbids: /^(app|components)\//, because: "jobs know no pages" },
  {
    from: /^db\//,
    except: /^db\/seed\//,
    forbids: /^(app|components|inngest)\//,
    because: "the database knows nothing above it",
  },
  {
    from: /^db\//,
    except: /^db\/seed\//,
    forbids: /^lib\/(?!(env|ids|clock|errors|log|money\/.*)$)/,
    typesAllowed: true,
    because: "db uses only lib/env, ids, clock, errors, log and money; behaviour belongs into lib/<concept>",
  },
  {
    from: PRODUCT,
    except: /^lib\/stripe\//,
    forbids: /^stripe(\/|$)/,
    typesAllowed: true,
    because: "Stripe is reached through lib/stripe only",
  },
];

/** @returns one line for each import that breaks the law */
export function brokenImports(sources: Source[]): string[] {
  return sources
    .filter(({ file }) => !isTest(file))
    .flatMap((source) => importsOf(source).flatMap((found) => judge(source.file, found)));
}

function judge(file: string, found: Import): string[] {
  return LAWS.filter((law) => law.from.test(file) && !law.except?.test(file))
    .filter((law) => law.forbids.test(found.target) && !(law.typesAllowed && found.typeOnly))
    .map((law) => `${file} imports ${found.target}: ${law.because}`);
}
