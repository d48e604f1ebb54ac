import type { outOfCreditsMessages } from './out-of-credits.ts';

/** The texts of the room, by component. */
export interface GateTexts {
  outOfCredits: typeof outOfCreditsMessages;
}
