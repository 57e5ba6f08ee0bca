import { BUGS } from "./bugs/bugs";
import { campaign } from "./campaign";
import type { Options } from "./options";
import { Workers } from "./workers";

/** Looks for every deliberate bug and prints the table. @returns how many were not found */
export async function hunt({ seeds, workers: count }: Options): Promise<number> {
  console.log("| bug | found after | first sign |\n| --- | --- | --- |");
  let missed = 0;
  const workers = await Workers.start(count, true);
  try {
    for (const { name, what } of BUGS) {
      const { done, failed } = await campaign(workers, seeds, { keepGoing: false, twice: 0, bug: name });
      const [first] = failed;
      if (!first) missed++;
      const sign = first ? `seed ${first.result.seed}: ${first.result.violations[0]}` : "";
      console.log(
        `| ${name}: ${what} | ${first ? `${first.after} runs` : `not in ${done} runs`} | ${sign.slice(0, 200)} |`,
      );
    }
  } finally {
    await workers.stop();
  }
  return missed;
}
