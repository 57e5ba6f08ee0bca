import { z } from "zod";
import type { Page, PageRequest } from "@/lib/paging";

/** The query of every list. */
export const pageQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(100).default(20).meta({ description: "How many, 1 to 100" }),
  cursor: z.string().min(1).max(500).optional().meta({ description: "`nextCursor` of the page before" }),
});

export const toPageRequest = (query: z.output<typeof pageQuery>): PageRequest => ({
  limit: query.limit,
  cursor: query.cursor ?? null,
});

/** The schema of a page of a list, newest first. */
export const listOut = <T extends z.ZodType>(item: T) =>
  z.object({ data: z.array(item), nextCursor: z.string().nullable().meta({ description: "Null on the last page" }) });

/** A page with every row presented. */
export const presentPage = <T, R>(page: Page<T>, present: (row: T) => R): Page<R> => ({
  data: page.data.map(present),
  nextCursor: page.nextCursor,
});
