import { createUsageKitMock } from '@usagekit/react/testing';
import { describe, expect, it, onTestFinished } from 'vitest';
import { parseSpan } from '../../sdk/src/testing/clock/mock-clock.ts';

describe('the clock of the mock', () => {
  it('stands at `now` until it is moved', async () => {
    const mock = createUsageKitMock({ now: '2030-01-31T23:59:50.000Z', afterEach: onTestFinished });
    expect(mock.clock.now().toISOString()).toBe('2030-01-31T23:59:50.000Z');
    await mock.ready;
    expect(mock.clock.now().toISOString()).toBe('2030-01-31T23:59:50.000Z');
    await mock.clock.advance('15s');
    expect(mock.clock.now().toISOString()).toBe('2030-02-01T00:00:05.000Z');
    expect((await mock.client().summary('acme')).asOf).toBe('2030-02-01T00:00:05.000Z');
  });

  it('C4: brings the monthly credits back with the next cycle', async () => {
    const mock = createUsageKitMock({ scenario: 'outOfCredits', afterEach: onTestFinished });
    await expect(mock.account().spend(1)).rejects.toMatchObject({ status: 402 });
    await mock.clock.advanceToReset();
    await expect(mock.account().credits()).resolves.toMatchObject({ available: '1000', spentThisCycle: '0' });
    await expect(mock.account().spend(1)).resolves.toMatchObject({ cost: { amount: '1' } });
  });

  it('lets a grant expire', async () => {
    const mock = createUsageKitMock({ afterEach: onTestFinished });
    await mock.account().grant(50, { expiresAt: '2026-11-21T12:00:00.000Z' });
    await expect(mock.account().credits()).resolves.toMatchObject({ available: '430' });
    await mock.clock.advance({ days: 1 });
    await expect(mock.account().credits()).resolves.toMatchObject({ available: '380' });
  });

  it.each([
    ['15s', 15_000],
    ['2h', 7_200_000],
    ['1.5d', 129_600_000],
    [1_500, 1_500],
    [{ days: 3, minutes: 1 }, 259_260_000],
  ] as const)('reads the span %j', (span, spanMs) => {
    expect(parseSpan(span)).toBe(spanMs);
  });

  it.each([-1, Number.NaN, { days: -1 }])('refuses the span %j', (span) => {
    expect(() => parseSpan(span)).toThrow(RangeError);
  });
});
