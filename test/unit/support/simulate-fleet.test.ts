import { describe, expect, it } from 'vitest';
import { simulateFleet } from '../../bench/scale-out/simulate-fleet.ts';

const costs = { serverMs: 0.2, databaseMs: 0.1, flushMs: 1, roundTripMs: 0.5 };
const fleet = { servers: 4, databases: 1, databaseCores: 4 };
const load = { consumesPerSecond: 1_000, seconds: 2, seed: 1 };

describe('the simulation of servers and databases', () => {
  it('answers what is asked while there is room, and no more than its servers can where there is none', () => {
    const calm = simulateFleet(costs, fleet, load);
    expect(calm.answeredPerSecond / load.consumesPerSecond).toBeGreaterThan(0.95);
    expect(calm.answeredPerSecond / load.consumesPerSecond).toBeLessThan(1.05);
    const full = simulateFleet(costs, fleet, { ...load, consumesPerSecond: 40_000 });
    // Four servers of 0.2 ms a consume.
    expect(full.answeredPerSecond).toBeLessThanOrEqual(20_000);
    expect(full.answeredPerSecond).toBeGreaterThan(15_000);
    expect(full.serverBusy).toBeGreaterThan(0.9);
    expect(full.batch).toBeGreaterThan(calm.batch);
  });

  it('takes one consume through every wait, and no longer', () => {
    const { p50Ms } = simulateFleet(costs, fleet, { ...load, consumesPerSecond: 5, seconds: 20 });
    expect(p50Ms).toBeCloseTo(0.2 + 3 * 0.5 + 0.1 + 1, 6);
  });

  it('is bound by the database where that is the slower one', () => {
    const slow = { ...costs, databaseMs: 1 };
    const { answeredPerSecond, databaseBusy } = simulateFleet(slow, fleet, {
      ...load,
      consumesPerSecond: 9_000,
    });
    expect(answeredPerSecond).toBeLessThanOrEqual(4_000);
    expect(databaseBusy).toBeGreaterThan(0.9);
  });

  it('does ten times as much with ten times of both, in the same time', () => {
    const one = simulateFleet(costs, fleet, { ...load, consumesPerSecond: 8_000 });
    const ten = simulateFleet(
      costs,
      { ...fleet, servers: 40, databases: 10 },
      { ...load, consumesPerSecond: 80_000 },
    );
    expect(ten.answeredPerSecond / one.answeredPerSecond).toBeCloseTo(10, 0);
    expect(Math.abs(ten.p50Ms - one.p50Ms)).toBeLessThan(0.5);
  });

  it('gives the same figures for the same seed', () => {
    expect(simulateFleet(costs, fleet, load)).toEqual(simulateFleet(costs, fleet, load));
    expect(simulateFleet(costs, fleet, { ...load, seed: 2 })).not.toEqual(simulateFleet(costs, fleet, load));
  });
});
