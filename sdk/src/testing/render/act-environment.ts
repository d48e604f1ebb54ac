import { nextTask } from '../platform/real-timers.ts';

type Act = (run: () => Promise<void>) => Promise<void>;

let act: Act | undefined;

/** The renderer of a test registers how React learns of coming changes. */
export function announceActWith(given: Act): void {
  act = given;
}

/** Every mock's requests that are under way. */
let underWay = 0;

export async function countRequest<Result>(run: () => Promise<Result>): Promise<Result> {
  underWay += 1;
  try {
    return await run();
  } finally {
    underWay -= 1;
  }
}

/** A mock tells a change within so many milliseconds after it was made, and it is asked for then. */
const toldWithinMs = 4;
const roundsMax = 200;

/**
 * Makes a change. If a test has rendered something that watches the mock, it waits in React's `act` until the UI has followed, so
 * a test needs no `act` of its own and React gives no warning.
 */
export async function actOnChange<Result>(
  isWatched: () => boolean,
  run: () => Promise<Result>,
): Promise<Result> {
  if (act === undefined || !isWatched()) return run();
  let outcome: { value: Result } | { error: unknown } | undefined;
  await act(async () => {
    try {
      outcome = { value: await run() };
    } catch (error) {
      outcome = { error };
    }
    await nextTask(toldWithinMs);
    for (let round = 0; round < roundsMax && underWay > 0; round += 1) await nextTask();
    await nextTask();
  });
  if (outcome === undefined) throw new Error('React did not run what was to change.');
  if ('error' in outcome) throw outcome.error;
  return outcome.value;
}
