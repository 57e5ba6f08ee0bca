export type LinkQuery = Promise<Record<string, string | string[] | undefined>>;

/** The secret in the address of a mailed link; empty when there is none. */
export async function tokenOf(query: LinkQuery): Promise<string> {
  const { token } = await query;
  return typeof token === "string" ? token : "";
}
