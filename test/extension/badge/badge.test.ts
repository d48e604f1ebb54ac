// @vitest-environment node

import { describe, expect, it } from 'vitest';
import { emptySnapshot, type Snapshot } from '../../../extension/src/core/account/snapshot.ts';
import { badgeOf, badgePaints } from '../../../extension/src/core/badge/badge.ts';
import {
  badgeFonts,
  badgePixels,
  badgePixelsMax,
  fitsBadge,
} from '../../../extension/src/core/badge/badge-fonts.ts';
import { decideBadgeState } from '../../../extension/src/core/badge/badge-state.ts';
import {
  formatShortAmount,
  formatShortPercentLeft,
  formatShortPercentUsed,
  formatShortWait,
} from '../../../extension/src/core/badge/short-amount.ts';
import { sampleBlocked, sampleMeter, sampleSummary } from '../../../extension/test-support/sample-summary.ts';
import fc from '../../support/fast-check.ts';

const nowMs = Date.UTC(2026, 10, 20, 8, 0, 30);
const format = { locale: 'en-GB', timeZone: 'UTC' };

describe.each(badgeFonts)('a badge in the font of $name', (font) => {
  const cutOff = (texts: readonly string[]) =>
    texts.filter((text) => badgePixels(text, font) > badgePixelsMax);
  const counts = Array.from({ length: 100 }, (_, count) => count);

  it('shows every percentage and every wait whole', () => {
    const percents = counts.flatMap((percent) => [
      formatShortPercentLeft(percent),
      formatShortPercentLeft(percent + 100.5),
      formatShortPercentLeft(100 * percent),
      formatShortPercentUsed(percent, 'full'),
    ]);
    const minuteMs = 60_000;
    const waits = counts.flatMap((count) =>
      [minuteMs, 60 * minuteMs, 24 * 60 * minuteMs].map((unitMs) => formatShortWait(count * unitMs) ?? ''),
    );
    expect(cutOff([...percents, ...waits, '...', '!', '?'])).toEqual([]);
  });

  it('shows every amount whole', () => {
    const amounts = counts.flatMap((lead) =>
      Array.from({ length: 14 }, (_, zeros) => `${lead}${'9'.repeat(zeros)}`),
    );
    expect(cutOff(amounts.map(formatShortAmount))).toEqual([]);
    expect(cutOff(['999', '<1', '.9B'])).toEqual([]);
  });
});

describe('a badge on a toolbar', () => {
  it('cuts off what was seen to be cut off there, so that the measures are the browser’s', () => {
    const cutIn = (text: string) =>
      badgeFonts.filter((font) => badgePixels(text, font) > badgePixelsMax).length;
    expect(cutIn('100%')).toBeGreaterThan(2);
    expect(cutIn('+12%')).toBeGreaterThan(2);
    expect(cutIn('1234')).toBeGreaterThan(0);
    expect(cutIn('999')).toBe(0);
    expect(fitsBadge('1.2M')).toBe(false);
  });
});

function snapshotOf(
  changes: Parameters<typeof sampleSummary>[0] = {},
  more: Partial<Snapshot> = {},
): Snapshot {
  const summary = sampleSummary(changes);
  return { ...emptySnapshot, summary, isBlocked: summary.blocked !== null, asOfMs: nowMs, ...more };
}

const badgeFor = (snapshot: Snapshot, atMs = nowMs) =>
  badgeOf(decideBadgeState(true, snapshot, atMs), format);

describe('the badge of a product whose balance is money', () => {
  it('E10: tells it in its currency', () => {
    const creditLabel = { one: 'AI credit', other: 'AI credits', currency: 'USD' };
    const { title } = badgeFor(
      snapshotOf({
        creditLabel,
        creditsIncluded: '20',
        credits: { available: '12.509', held: '1', unit: 'USD' },
      }),
    );
    expect(title).toContain('US$12.50 of US$20.00 left, US$1.00 held');
    expect(title).not.toContain('AI credits');
  });
});

describe('the badge text', () => {
  it.each([
    ['0', '0'],
    ['-3', '0'],
    ['0.000001', '<1'],
    ['0.99', '<1'],
    ['1', '1'],
    ['12.9', '12'],
    ['999', '999'],
    ['1000', '1k'],
    ['9999', '9.9k'],
    ['9999.999999', '9.9k'],
    ['10000', '10k'],
    ['10999', '10k'],
    ['99999', '99k'],
    ['199999', '.1M'],
    ['999999', '.9M'],
    ['1000000', '1M'],
    ['1299999', '1M'],
    ['12900000', '12M'],
    ['999999999', '.9B'],
    ['1000000000', '1B'],
    ['1000000000000', '1T'],
    ['999000000000000', '99T'],
  ])('shows %s as %s', (amount, text) => {
    expect(formatShortAmount(amount)).toBe(text);
  });

  it('is drawn whole, in a few ASCII characters, for every amount from 0 to 1e12', () => {
    const amounts = fc.tuple(fc.bigInt({ min: 0n, max: 10n ** 12n }), fc.nat(999_999));
    fc.assert(
      fc.property(amounts, ([whole, fraction]) => {
        const text = formatShortAmount(`${whole}.${String(fraction).padStart(6, '0')}`);
        expect(text).toMatch(/^[ -~]{1,4}$/);
        expect([text, fitsBadge(text)]).toEqual([text, true]);
      }),
      { numRuns: 2000 },
    );
  });

  it('never shows more than is left', () => {
    const unit: Record<string, number> = { '': 1, k: 1e3, M: 1e6, B: 1e9, T: 1e12 };
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 12n }), fc.nat(999_999), (whole, fraction) => {
        const text = formatShortAmount(`${whole}.${String(fraction).padStart(6, '0')}`);
        const match = /^(<?)([\d.]+)([kMBT]?)$/.exec(text);
        const shown = match?.[1] === '<' ? 0 : Number(match?.[2]) * (unit[match?.[3] ?? ''] ?? Number.NaN);
        expect(shown).toBeLessThanOrEqual(Number(whole) + fraction / 1e6);
        if (text === '0') expect([whole, fraction]).toEqual([0n, 0]);
      }),
      { numRuns: 2000 },
    );
  });

  it('is drawn whole for every percentage and never shows more than is left', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1e7, noNaN: true }), (percent) => {
        const text = formatShortPercentLeft(percent);
        expect([text, fitsBadge(text)]).toEqual([text, true]);
        const left = /^(\d+)%$/.exec(text);
        if (left !== null) expect(Number(left[1])).toBeLessThanOrEqual(Math.max(0, 100 - percent));
        if (text === '0%') expect(percent).toBeGreaterThanOrEqual(100);
      }),
    );
  });

  it.each([
    [0, '99%'],
    [57.3, '42%'],
    [99.4, '<1'],
    [100, '0%'],
    [112.9, '+12'],
    [199.9, '+99'],
    [212, '2x'],
    [1e9, '99x'],
  ])('shows %s percent used as %s', (percent, text) => {
    expect(formatShortPercentLeft(percent)).toBe(text);
  });
});

describe('the badge', () => {
  const percentAt = { ok: 10, unlimited: null, observed: 10, warning: 85, high: 95, over: 100 };

  it.each([
    ['ok', 'ok'],
    ['unlimited', 'ok'],
    ['observed', 'ok'],
    ['warning', 'warning'],
    ['high', 'high'],
    ['over', 'over'],
  ] as const)('E10: at level %s has the colour of the step %s', (level, paint) => {
    const meters = [sampleMeter({ percent: percentAt[level], level })];
    expect(badgeFor(snapshotOf({ credits: null, level, meters }))).toMatchObject(badgePaints[paint]);
  });

  it('E10: has four different colours, blue, yellow, orange and red, each readable at 4.5 to 1', () => {
    const steps = [badgePaints.ok, badgePaints.warning, badgePaints.high, badgePaints.over];
    expect(steps.map(({ color }) => hueName(color))).toEqual(['blue', 'yellow', 'orange', 'red']);
    for (const { color, textColor } of Object.values(badgePaints)) {
      expect(contrast(color, textColor)).toBeGreaterThanOrEqual(4.5);
    }
  });

  it('shows the credits that are left and says the rest in its title', () => {
    const badge = badgeFor(snapshotOf());
    expect(badge).toMatchObject({ text: '1.2k', ...badgePaints.ok });
    expect(badge.title).toBe('Acme: 1,234 of 5,000 credits left. Resets 1 Dec 2026, 09:00. As of 08:00.');
  });

  it('tells no reset of credits that do not come again', () => {
    expect(badgeFor(snapshotOf({ creditsResetAt: null })).title).toBe(
      'Acme: 1,234 of 5,000 credits left. As of 08:00.',
    );
  });

  it('E10: speaks of one thing in text, colour and title: of what stands worst', () => {
    const meters = [sampleMeter({ percent: 92.4, level: 'high', resetsAt: '2026-11-25T09:00:00.000Z' })];
    const ofMeter = badgeFor(snapshotOf({ level: 'high', meters }));
    expect(ofMeter).toMatchObject({ text: '7%', ...badgePaints.high });
    expect(ofMeter.title).toBe(
      'Acme: Emails 7% left, 1,234 of 5,000 credits left. Resets 25 Nov 2026, 09:00. As of 08:00.',
    );
    const credits = { available: '200', held: '0', unit: 'credits' };
    const ofCredits = badgeFor(snapshotOf({ level: 'high', credits, meters }));
    expect(ofCredits).toMatchObject({ text: '200', ...badgePaints.high });
    expect(ofCredits.title).toMatch(/^Acme: 200 of 5,000 credits left, Emails 7% left. Resets 1 Dec/);
    // An account that pays with an allowance may stand well with few credits.
    expect(badgeFor(snapshotOf({ level: 'ok', credits }))).toMatchObject({ text: '200', ...badgePaints.ok });
  });

  it.each([
    [30_000, '1m'],
    [59 * 60_000, '59m'],
    [47 * 3_600_000, '47h'],
    [9 * 86_400_000, '9d'],
    [400 * 86_400_000, null],
    [-1, null],
    [null, null],
  ])('says how long until a reset that is %s ms away as %s', (waitMs, text) => {
    expect(formatShortWait(waitMs)).toBe(text);
  });

  it('shows what is left of the fullest meter to one who may see percentages only', () => {
    const meters = [
      sampleMeter(),
      sampleMeter({ metric: 'runs', label: 'Runs', percent: 88.5, level: 'warning' }),
    ];
    const badge = badgeFor(snapshotOf({ credits: null, creditsIncluded: null, level: 'warning', meters }));
    expect(badge.text).toBe('11%');
    expect(badge.title).toContain('Runs 11% left');
  });

  it('puts what makes figures meaningless before what they say, in one order', () => {
    const dayMs = 86_400_000;
    const failure = {
      kind: 'unreachable',
      message: 'x.',
      atMs: nowMs,
      count: 3,
      retryAfterSeconds: null,
    } as const;
    const everything = snapshotOf({ pastDue: true, level: 'over', blocked: sampleBlocked() });
    const kinds = [
      decideBadgeState(false, everything, nowMs),
      decideBadgeState(true, { ...everything, failure: { ...failure, kind: 'unauthorized' } }, nowMs),
      decideBadgeState(true, { ...everything, failure }, nowMs + dayMs),
      decideBadgeState(true, everything, nowMs),
      decideBadgeState(true, snapshotOf({ pastDue: true, level: 'over' }), nowMs),
      decideBadgeState(true, snapshotOf({ level: 'over' }), nowMs),
      decideBadgeState(true, snapshotOf(), nowMs),
    ].map(({ kind }) => kind);
    expect(kinds).toEqual(['unpaired', 'error', 'stale', 'blocked', 'past_due', 'low', 'ok']);
  });

  it('C11: says in red when work goes on, or by a glyph that it is stopped, with the reason as its title', () => {
    const badge = badgeFor(snapshotOf({ level: 'over', blocked: sampleBlocked() }));
    expect(badge).toMatchObject({ text: '11d', ...badgePaints.over });
    const forGood = badgeFor(snapshotOf({ level: 'over', blocked: sampleBlocked({ resetsAt: null }) }));
    expect(forGood).toMatchObject({ text: '!', ...badgePaints.over });
    expect(forGood.title).not.toContain('Resets');
    expect(badge.title).toContain('Acme: No credits left. New work is paused. Resets 1 Dec 2026, 09:00.');
  });

  it('turns grey and tells the age once figures are old, and not for one lost request', () => {
    const failure = {
      kind: 'unreachable',
      message: 'x.',
      atMs: nowMs,
      count: 1,
      retryAfterSeconds: null,
    } as const;
    const snapshot = snapshotOf({}, { failure });
    expect(badgeFor(snapshot, nowMs + 60_000)).toMatchObject(badgePaints.ok);
    const old = badgeFor(snapshot, nowMs + 3_600_000);
    expect(old).toMatchObject({ text: '1.2k', ...badgePaints.unknown });
    expect(old.title).toContain('old, from 20 Nov 2026, 08:00');
  });

  it('always has a title that is a sentence', () => {
    const arbitrary = fc.record({
      isConnected: fc.boolean(),
      pastDue: fc.boolean(),
      blocked: fc.constantFrom(null, sampleBlocked()),
      credits: fc.constantFrom(null, { available: '0', held: '12.5', unit: 'credits' }),
      planName: fc.constantFrom(null, 'Free'),
      ageMs: fc.nat(1e9),
    });
    fc.assert(
      fc.property(arbitrary, ({ isConnected, ageMs, ...changes }) => {
        const badgeState = decideBadgeState(isConnected, snapshotOf(changes), nowMs + ageMs);
        expect(badgeOf(badgeState, format).title).toMatch(/^[A-Z].+[.]$/);
      }),
    );
  });
});

function channels(hex: string): [number, number, number] {
  const value = Number.parseInt(hex.slice(1), 16);
  return [value >> 16, (value >> 8) & 255, value & 255];
}

/** WCAG 2 contrast of two colours. */
function contrast(a: string, b: string): number {
  const luminance = (hex: string): number => {
    const [red, green, blue] = channels(hex).map((channel) => {
      const share = channel / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    }) as [number, number, number];
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const [light = 0, dark = 0] = [luminance(a), luminance(b)].sort((first, second) => second - first);
  return (light + 0.05) / (dark + 0.05);
}

function hueName(hex: string): string {
  const [red, green, blue] = channels(hex);
  const max = Math.max(red, green, blue);
  const range = max - Math.min(red, green, blue);
  const hue = max === blue ? 240 + ((red - green) / range) * 60 : ((green - blue) / range) * 60;
  if (hue > 200 && hue < 250) return 'blue';
  if (hue > 40 && hue < 65) return 'yellow';
  return hue > 15 && hue <= 40 ? 'orange' : 'red';
}

describe('limits by windows of time', () => {
  const session = {
    id: 'session',
    label: 'Session',
    metric: 'requests',
    unit: { one: 'request', other: 'requests' },
    of: 'account' as const,
    kind: 'first_use' as const,
    minutes: 300,
    used: '46',
    held: '0',
    limit: '50',
    percent: 92,
    level: 'high' as const,
    startsAt: '2026-11-20T05:10:00.000Z',
    resetsAt: '2026-11-20T10:10:00.000Z',
  };

  it('F23: one that is low is told with its own reset, and its rest where no credits may be seen', () => {
    const badge = badgeFor(
      snapshotOf({ credits: null, level: 'high', meters: [sampleMeter()], windows: [session] }),
    );
    expect(badge).toMatchObject({ text: '8%', color: badgePaints.high.color });
    expect(badge.title).toContain('Session 8% left. Resets 20 Nov 2026, 10:10.');
  });

  it('F23: one that is well within its limit leaves the reset to the cycle', () => {
    const calm = { ...session, used: '5', percent: 10, level: 'ok' as const };
    expect(badgeFor(snapshotOf({ meters: [sampleMeter()], windows: [calm] })).title).toContain(
      'Resets 1 Dec 2026, 09:00.',
    );
  });

  it('F23: one that stops work is told as what blocks, with when it ends', () => {
    const blocked = sampleBlocked({
      reason: 'window_limit_reached',
      metric: 'requests',
      message: "Requests reached the limit of 50 requests for 'Session'.",
      resetsAt: session.resetsAt,
    });
    const { title } = badgeFor(snapshotOf({ blocked, windows: [session] }));
    expect(title).toContain('Session: limit reached');
    expect(title).toContain('10:10');
  });
});
