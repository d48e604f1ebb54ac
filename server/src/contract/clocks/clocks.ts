import type { Instant } from '../values/amount.ts';

/** A clock that accounts can be put on, so that tests can move it forward. */
export interface TestClock {
  id: string;
  now: Instant;
}

/** Body of `POST /v1/test-clocks`. */
export interface TestClockRequest {
  /** Made by the server where it is left out. */
  id?: string;
  /** The present by default. */
  now?: Instant;
}

/** Body of `POST /v1/test-clocks/{id}/advance`. */
export interface TestClockAdvance {
  /** Not before the clock's present time. */
  to: Instant;
}
