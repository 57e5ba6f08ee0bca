import { AppError } from "@/lib/errors";
import { add, subtract } from "@/lib/money/minor";
import type { Posted, Posting } from "./types";

/** More than this in one transaction would only hold the account longer. */
const LARGEST_GROUP = 1_000;

type Post = (postings: Posting[]) => Promise<Posted>;
type Waiting = { postings: Posting[]; resolve: (posted: Posted) => void; reject: (error: unknown) => void };

// Next loads modules once per bundle; the lanes are shared through globalThis so that the process has one per account.
const shared = globalThis as typeof globalThis & { evenkeelLanes?: Map<string, Waiting[]> };
shared.evenkeelLanes ??= new Map();
const lanes = shared.evenkeelLanes;

const sourcesOf = (postings: Posting[]) => postings.map(({ kind, sourceId }) => `${kind} ${sourceId}`);

/** Takes from the front of a lane what can be one transaction: so many, and no source twice. */
function takeGroup(lane: Waiting[]): Waiting[] {
  const sources = new Set<string>();
  let size = 0;
  const end = lane.findIndex(({ postings }) => {
    size += postings.length;
    if (size > LARGEST_GROUP || sourcesOf(postings).some((source) => sources.has(source))) return true;
    for (const source of sourcesOf(postings)) sources.add(source);
    return false;
  });
  return lane.splice(0, end === -1 ? lane.length : Math.max(1, end));
}

const prepaidOf = (posting: Posting) =>
  add(...posting.legs.filter((leg) => leg.account === "prepaid").map((leg) => leg.amountMinor));

/** What each of a group would have been told, had it come alone: its own replays, and the balance before those behind it. */
function share(group: Waiting[], posted: Posted): Posted[] {
  const replayed = new Set(posted.replayed);
  let index = group.reduce((count, { postings }) => count + postings.length, 0);
  let balanceMinor = posted.balanceMinor;
  // Who is last tells of the low balance, for all.
  let { needsRecharge } = posted;
  const shares: Posted[] = [];
  for (const { postings } of group.toReversed()) {
    index -= postings.length;
    const own = postings.flatMap((_, i) => (replayed.has(index + i) ? [i] : []));
    const ids = posted.ids.slice(index, index + postings.length);
    shares.unshift({ ...posted, balanceMinor, needsRecharge, replayed: own, ids });
    const fresh = postings.filter((_, i) => !replayed.has(index + i));
    balanceMinor = subtract(balanceMinor, add(...fresh.map(prepaidOf)));
    needsRecharge = false;
  }
  return shares;
}

async function postEach(group: Waiting[], post: Post): Promise<void> {
  for (const { postings, resolve, reject } of group) await post(postings).then(resolve, reject);
}

async function postGroup(group: Waiting[], post: Post): Promise<void> {
  if (group.length === 1) return postEach(group, post);
  let posted: Posted;
  try {
    posted = await post(group.flatMap(({ postings }) => postings));
  } catch (error) {
    // One of them was refused and none was written: alone, each has its own answer.
    if (error instanceof AppError) return postEach(group, post);
    for (const { reject } of group) reject(error);
    return;
  }
  for (const [i, own] of share(group, posted).entries()) group[i]?.resolve(own);
}

async function run(key: string, lane: Waiting[], post: Post): Promise<void> {
  while (lane.length > 0) await postGroup(takeGroup(lane), post);
  lanes.delete(key);
}

/**
 * Posts in a lane of its own per account: who comes while a posting of the same account is under way waits for it anyway (the
 * account's row is locked) and goes on as one transaction with all others that wait. Who comes to an empty lane goes at once.
 * @param key names the account and how it is posted to
 * @param post writes postings, all or none
 */
export function postInLane(key: string, postings: Posting[], post: Post): Promise<Posted> {
  return new Promise((resolve, reject) => {
    const waiting = { postings, resolve, reject };
    const lane = lanes.get(key);
    if (lane) {
      lane.push(waiting);
      return;
    }
    const opened = [waiting];
    lanes.set(key, opened);
    void run(key, opened, post);
  });
}
