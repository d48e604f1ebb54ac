import { attemptsMax, isBrokenOff } from '../open/postgres-error.ts';

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
