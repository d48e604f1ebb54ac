/** Numbers from 0 up to 1 that are the same for the same seed (mulberry32). */
export interface SeededRandom {
  (): number;
  /** The generator's state; `resume` continues from it. */
  state(): number;
  resume(state: number): void;
}

export function createSeededRandom(seed: number): SeededRandom {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return Object.assign(next, {
    state: () => state,
    resume: (from: number) => {
      state = from;
    },
  });
}
