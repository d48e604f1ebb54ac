import { expect, it } from 'vitest';
import { createGuardedClock } from '../../../server/src/node/server/guarded-clock.ts';

const minute = 60_000;
const day = 24 * 60 * minute;

function machine(otherMs: () => Promise<number | null> = async () => null) {
  let wall = Date.parse('2026-06-10T12:00:00.000Z');
  let monotonic = 5_000;
  const doubted: number[] = [];
  const clock = createGuardedClock({
    wallMs: () => wall,
    monotonicMs: () => monotonic,
    doubted: (jumpMs) => doubted.push(jumpMs),
    otherMs,
  });
  return {
    clock,
    doubted,
    wall: () => wall,
    set: (byMs: number) => {
      wall += byMs;
    },
    pass: (ms: number) => {
      wall += ms;
      monotonic += ms;
    },
  };
}

it('F21: goes with the machine, also where that is set by a little', () => {
  const { clock, pass, set, wall, doubted } = machine();
  for (const byMs of [0, 800, -900, 14 * minute, -14 * minute]) {
    pass(10 * minute);
    set(byMs);
    expect(clock.nowMs()).toBe(wall());
  }
  pass(40 * day);
  expect(clock.nowMs()).toBe(wall());
  expect(doubted).toEqual([]);
});

it.each([40 * day, -40 * day])(
  'F21: goes on from before where the machine is set by %i ms, and comes back with it',
  (byMs) => {
    const { clock, pass, set, wall, doubted } = machine();
    const before = clock.nowMs();
    set(byMs);
    pass(1_000);
    expect(clock.nowMs()).toBe(before + 1_000);
    pass(31_000);
    expect(clock.nowMs()).toBe(before + 32_000);
    expect([doubted, clock.jumpMs]).toEqual([[byMs], byMs]);
    set(-byMs);
    expect([clock.nowMs(), clock.jumpMs]).toEqual([wall(), 0]);
  },
);

it("F21: believes the machine where the database's clock agrees, and not where it does not", async () => {
  let other = 0;
  const asked = machine(async () => other);
  asked.set(40 * day);
  other = asked.wall() - 40 * day;
  const before = asked.clock.nowMs();
  await new Promise(setImmediate);
  other = asked.wall();
  expect(asked.clock.nowMs()).toBe(before);
  asked.pass(1_000);
  other = asked.wall();
  asked.clock.nowMs();
  await new Promise(setImmediate);
  expect([asked.clock.nowMs(), asked.clock.jumpMs]).toEqual([asked.wall(), 0]);
});

it('F21: believes the machine where an operator says so', () => {
  const { clock, set, wall } = machine();
  set(3 * day);
  expect(clock.nowMs()).toBe(wall() - 3 * day);
  clock.confirm();
  expect(clock.nowMs()).toBe(wall());
});
