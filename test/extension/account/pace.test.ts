// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { paceOfCredits, paceOfMeter, paceOfWindow } from '../../../extension/src/core/account/pace.ts';
import { sampleMeter, sampleSummary } from '../../../extension/test-support/sample-summary.ts';

const creditsOf = (available: string) => ({ available, held: '0', unit: 'credits' });
/** Ten days of a cycle of thirty. */
const cycle = {
  cycleStartsAt: '2026-11-01T00:00:00.000Z',
  asOf: '2026-11-11T00:00:00.000Z',
  resetsAt: '2026-12-01T00:00:00.000Z',
  creditsIncluded: '1000',
};

describe('the pace of the credits', () => {
  it('F26: tells when they are used up, where that is before the reset', () => {
    // Half of them in ten days.
    expect(paceOfCredits(sampleSummary({ ...cycle, credits: creditsOf('500') }))).toEqual({
      kind: 'runs_out',
      at: '2026-11-21T00:00:00.000Z',
    });
  });

  it.each(['700', '667', '999'])('says that %s left after a third of the cycle are enough', (available) => {
    expect(paceOfCredits(sampleSummary({ ...cycle, credits: creditsOf(available) }))).toEqual({
      kind: 'lasts',
    });
  });

  it.each([
    ['nothing is used', { credits: creditsOf('1000') }],
    ['more is there than is included', { credits: creditsOf('1500') }],
    ['all is used', { credits: creditsOf('0') }],
    ['the balance may not be seen', { credits: null }],
    ['nothing is included', { credits: creditsOf('5'), creditsIncluded: '0' }],
    ['there is no reset', { credits: creditsOf('500'), resetsAt: null }],
    ['the cycle has hardly begun', { credits: creditsOf('500'), asOf: '2026-11-02T00:00:00.000Z' }],
  ])('tells nothing where %s', (_where, changes) => {
    expect(paceOfCredits(sampleSummary({ ...cycle, ...changes }))).toBeNull();
  });
});

describe('the pace of a meter', () => {
  const summary = sampleSummary(cycle);
  const meter = (percent: number | null, resetsAt: string | null = cycle.resetsAt) =>
    paceOfMeter(sampleMeter({ percent, resetsAt, used: null }), summary);

  it('F26: is told as that of the credits is', () => {
    expect(meter(50)).toEqual({ kind: 'runs_out', at: '2026-11-21T00:00:00.000Z' });
    expect(meter(30)).toEqual({ kind: 'lasts' });
  });

  it('goes by what was used, and not by what is held in addition', () => {
    const held = sampleMeter({ used: '200', included: '1000', percent: 60, resetsAt: cycle.resetsAt });
    expect(paceOfMeter(held, summary)).toEqual({ kind: 'lasts' });
    const more = sampleMeter({ used: '300', included: '1000', percent: 70, resetsAt: cycle.resetsAt });
    expect(paceOfMeter(more, summary)).toEqual({ kind: 'runs_out', at: '2026-11-21T00:00:00.000Z' });
    const credits = { available: '400', held: '400', unit: 'credits' };
    expect(paceOfCredits(sampleSummary({ ...cycle, credits }))).toEqual({ kind: 'lasts' });
  });

  it('is not told of one without a cap, one that is used up, or one whose cycle is its own', () => {
    for (const pace of [meter(null), meter(100), meter(50, null), meter(50, '2027-11-01T00:00:00.000Z')])
      expect(pace).toBeNull();
  });
});

describe('the pace of a window', () => {
  const summary = sampleSummary(cycle);
  const window = {
    id: 'five-hours',
    label: '5 hours',
    metric: 'runs',
    unit: { one: 'run', other: 'runs' },
    of: 'account' as const,
    kind: 'first_use' as const,
    minutes: 300,
    used: '50',
    held: '0',
    limit: '100',
    percent: 50,
    level: 'ok' as const,
    startsAt: '2026-11-10T23:00:00.000Z',
    resetsAt: '2026-11-11T04:00:00.000Z',
  };

  it('F26: is told from its first use', () => {
    // Half of it in an hour.
    expect(paceOfWindow(window, summary)).toEqual({ kind: 'runs_out', at: '2026-11-11T01:00:00.000Z' });
    expect(paceOfWindow({ ...window, used: null, percent: 10 }, summary)).toEqual({ kind: 'lasts' });
  });

  it('is not told of one that rolls, or in which nothing is counted', () => {
    expect(paceOfWindow({ ...window, kind: 'rolling' }, summary)).toBeNull();
    expect(paceOfWindow({ ...window, startsAt: null, resetsAt: null }, summary)).toBeNull();
  });
});
