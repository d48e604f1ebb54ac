import { isBrokenOff } from '../open/postgres-error.ts';

/** How often work is tried that was broken off for another write's sake, as by an account that is written without a pause. */
const attemptsMax = 10;

/** Work of whole transactions, tried again where the database broke one off for the sake of another write. */
export async function tryAgain<Value>(work: () => Promise<Value>): Promise<Value> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (attempt === attemptsMax || !isBrokenOff(error)) throw error;
    }
  }
}
