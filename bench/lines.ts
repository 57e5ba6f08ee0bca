import type { Line } from "./line";
import { bytes } from "./lines/bytes";
import { due } from "./lines/due";
import { exportLines } from "./lines/exports";
import { http } from "./lines/http";
import { invoices } from "./lines/invoices";
import { latency } from "./lines/latency";
import { pages } from "./lines/pages";
import { postings } from "./lines/postings";
import { sweeps } from "./lines/sweep";

const left = (name: string, title: string, goal: Line["goal"], why: string): Line => ({
  name,
  title,
  goal,
  measure: async () => ({ left: why }),
});

const NO_PACKAGE = "is in no registry";

/** In the order of the table; what fills the tables comes last. */
export const LINES: Line[] = [
  ...postings,
  left("pgledger", "single debit ÷ pgledger", { least: 1.6 }, NO_PACKAGE),
  ...bytes,
  ...http,
  left("dashboard", "dashboard page ÷ saas-starter's", { least: 2 }, NO_PACKAGE),
  pages,
  ...sweeps,
  latency,
  ...exportLines,
  invoices,
  ...due,
];
