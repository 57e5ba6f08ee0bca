import type { Result } from "./run";
import type { Story } from "./story/types";

/** So many stories are tried at most: a failure is to be told soon. */
const MOST_TRIES = 80;

type Live = (story: Story) => Promise<Result>;

/** What is wrong, without the names and amounts that another order of things would change. */
const kindOf = ({ violations }: Result): string =>
  (violations[0] ?? "").replace(/(pi|re|du|ch|evt)_\w+|[0-9a-f]{8}-[0-9a-f-]{27}|-?\d+/g, "#");

/**
 * Makes a story that fails simpler, as long as the same thing goes wrong: first nobody overtakes anybody, then less happens.
 * @returns the simplest story found and what came of it
 */
export async function shrink(story: Story, failed: Result, live: Live): Promise<{ story: Story; result: Result }> {
  const kind = kindOf(failed);
  let best = { story, result: failed };
  let tries = 0;
  const simpler = async (candidate: Story): Promise<boolean> => {
    if (tries++ >= MOST_TRIES) return false;
    const result = await live(candidate);
    if (kindOf(result) !== kind) return false;
    best = { story: candidate, result };
    return true;
  };
  await simpler({ ...best.story, calm: true });
  await simpler({ ...best.story, executor: { twice: 0, again: 0, delayMs: 0 } });
  await simpler({ ...best.story, post: { lost: 0, doubled: 0, delayMs: 0 } });
  for (let size = Math.ceil(best.story.items.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let from = 0; from < best.story.items.length && tries < MOST_TRIES; ) {
      const items = best.story.items.toSpliced(from, size);
      if (!(await simpler({ ...best.story, items }))) from += size;
    }
  }
  if (best.story.tenants.length > 1) await simpler({ ...best.story, tenants: best.story.tenants.slice(0, 1) });
  return best;
}
