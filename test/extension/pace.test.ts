// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { paceOf } from '../../extension/src/core/pace.ts';
import { sampleSummary } from '../../extension/test-support/sample-summary.ts';

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
    expect(paceOf(sampleSummary({ ...cycle, credits: creditsOf('500') }))).toEqual({
      kind: 'runs_out',
      at: '2026-11-21T00:00:00.000Z',
    });
  });

  it.each(['700', '667', '999'])('says that %s left after a third of the cycle are enough', (available) => {
    expect(paceOf(sampleSummary({ ...cycle, credits: creditsOf(available) }))).toEqual({ kind: 'lasts' });
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
    expect(paceOf(sampleSummary({ ...cycle, ...changes }))).toBeNull();
  });
});
