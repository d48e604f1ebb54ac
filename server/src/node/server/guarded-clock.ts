import type { Clock } from '../../app/create-app.ts';

/** The machine's clock may be set by so much at once, forward or back, before it is doubted. */
export const clockJumpMsMax = 15 * 60_000;

/** While the machine's clock is doubted the other one is asked so often. */
const askEveryMs = 1_000;

export interface GuardedClockOptions {
  /** The machine's clock; it may be set. */
  wallMs(): number;
  /** Only grows, and by nothing but time. */
  monotonicMs(): number;
  /** Hears once of each jump that is doubted. */
  doubted(jumpMs: number): void;
  /** A clock elsewhere, such as the database's; null where there is none. */
  otherMs?(): Promise<number | null>;
}

export interface GuardedClock extends Clock {
  /** How far the machine's clock lies from the time that is gone by; 0 where it is believed. */
  readonly jumpMs: number;
  /** An operator says that the machine's clock is right. */
  confirm(): void;
}

/**
 * The machine's clock, as long as it goes as time does. Where it is set by more than a bound, as by a mistake or an attack on what it
 * is synchronized with, the time goes on from before, so that nothing falls due that has not, until the database's clock agrees with
 * the machine's or an operator says that it is right. What had fallen due by a wrong clock could not be taken back.
 */
export function createGuardedClock(options: GuardedClockOptions): GuardedClock {
  const { wallMs, monotonicMs, doubted, otherMs = () => Promise.resolve(null) } = options;
  let baseMs = wallMs();
  let baseMonotonicMs = monotonicMs();
  let jumpMs = 0;
  let askedAtMs = Number.NEGATIVE_INFINITY;

  function believe(nowMs: number, nowMonotonicMs: number): number {
    baseMs = nowMs;
    baseMonotonicMs = nowMonotonicMs;
    jumpMs = 0;
    return nowMs;
  }

  function askOther(nowMonotonicMs: number): void {
    if (nowMonotonicMs - askedAtMs < askEveryMs) return;
    askedAtMs = nowMonotonicMs;
    otherMs()
      .then((other) => {
        const wall = wallMs();
        if (jumpMs !== 0 && other !== null && Math.abs(wall - other) <= clockJumpMsMax)
          believe(wall, monotonicMs());
      })
      .catch(() => {
        // A database that cannot be asked confirms nothing; it is asked again.
      });
  }

  return {
    get jumpMs() {
      return jumpMs;
    },
    nowMs() {
      const wall = wallMs();
      const monotonic = monotonicMs();
      const expectedMs = baseMs + (monotonic - baseMonotonicMs);
      const differenceMs = wall - expectedMs;
      if (Math.abs(differenceMs) <= clockJumpMsMax) return believe(wall, monotonic);
      if (jumpMs === 0) doubted(differenceMs);
      jumpMs = differenceMs;
      askOther(monotonic);
      return Math.floor(expectedMs);
    },
    confirm() {
      believe(wallMs(), monotonicMs());
    },
  };
}
