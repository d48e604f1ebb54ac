// @vitest-environment node

import type { Summary } from '@usagekit/server/contract';
import { describe, expect, it } from 'vitest';
import { emptySnapshot, reduceSnapshot } from '../../../extension/src/core/account/snapshot.ts';
import { findBlock } from '../../../extension/src/core/prompt/find-block.ts';
import { isPageHint } from '../../../extension/src/core/prompt/page-hint.ts';
import { toPageView } from '../../../extension/src/core/prompt/page-view.ts';
import { chooseCorner } from '../../../extension/src/core/prompt/prompt-place.ts';
import { sampleBlocked, sampleMeter, sampleSummary } from '../../../extension/test-support/sample-summary.ts';
import fc from '../../support/fast-check.ts';

const stopped = { metric: null, kind: 'stopped' } as const;
const format = { locale: 'en-GB', timeZone: 'UTC' };

describe('toPageView', () => {
  it('F17: tells a site words only: no figure, name, id, address, date of billing or text of the server’s', () => {
    const secret = fc.stringMatching(/^[a-z]{12}$/).filter((text) => text !== 'unauthorized');
    fc.assert(
      fc.property(
        fc.array(secret, { minLength: 9, maxLength: 9 }),
        fc.bigInt({ min: 1234n, max: 10n ** 9n }),
        (words, amount) => {
          const [
            accountId = '',
            accountName = '',
            planName = '',
            message = '',
            label = '',
            href = '',
            id = '',
            unit = '',
            url = '',
          ] = words;
          const summary = sampleSummary({
            accountId,
            accountName,
            planName,
            credits: { available: String(amount), held: String(amount), unit },
            creditsIncluded: String(amount),
            meters: [sampleMeter({ metric: id, used: String(amount), included: String(amount) })],
            billingUrl: `https://${url}.example`,
            blocked: sampleBlocked({
              message,
              resetsAt: null,
              actions: [{ kind: 'buy_credits', label, href, allowed: true }],
            }),
          });
          const told = JSON.stringify(toPageView(summary, stopped, true, format));
          for (const word of [...words, String(amount)]) expect(told).not.toContain(word);
          expect(Object.keys(toPageView(summary, stopped, true, format)).sort()).toEqual([
            'actionLabel',
            'announcement',
            'body',
            'direction',
            'language',
            'notNowLabel',
            'source',
            'title',
          ]);
        },
      ),
    );
  });

  it('C11: says what happened, that nothing was lost, and when it resets', () => {
    const view = toPageView(sampleSummary({ blocked: sampleBlocked() }), stopped, true, format);
    expect(view).toMatchObject({
      title: 'No credits left',
      body: 'New work is paused and nothing was deleted. Resets on 1 December.',
      actionLabel: 'Buy credits',
    });
  });

  it('C11: says who can help where the reader cannot', () => {
    const actions = [
      { kind: 'upgrade', label: 'Upgrade', allowed: false },
      { kind: 'wait', label: 'Wait for the reset', allowed: true },
      { kind: 'ask_admin', label: 'Ask an admin', allowed: true },
    ] as const;
    const blocked = sampleBlocked({ reason: 'plan_limit_reached', metric: 'emails', actions: [...actions] });
    const view = toPageView(sampleSummary({ blocked, meters: [sampleMeter()] }), stopped, true, format);
    expect(view.title).toBe('Emails: limit reached');
    expect(view.body).toContain('An owner or admin can change that.');
    expect(view.actionLabel).toBeNull();
  });

  it('offers no button where there is nothing to open', () => {
    expect(
      toPageView(sampleSummary({ blocked: sampleBlocked() }), stopped, false, format).actionLabel,
    ).toBeNull();
  });
});

describe('findBlock', () => {
  const atMs = 1_000_000;
  const known = (changes: Partial<Summary>) =>
    reduceSnapshot(emptySnapshot, {
      type: 'summary_fetched',
      summary: sampleSummary(changes),
      etag: null,
      requestedAtMs: atMs,
      atMs,
    });
  const refusedLately = {
    reason: 'insufficient_credits',
    metric: null,
    at: '2026-11-20T08:00:00.000Z',
  } as const;

  it('finds what the server says is stopped', () => {
    const blocked = sampleBlocked({ reason: 'plan_limit_reached', metric: 'emails' });
    expect(findBlock(known({ blocked, refusedLately }), atMs)).toEqual({ metric: 'emails', kind: 'stopped' });
  });

  it('C11: finds what the server refused within the last minute, though something is left', () => {
    const summary = known({ refusedLately });
    expect(findBlock(summary, atMs + 60_000)).toEqual({ metric: null, kind: 'short' });
    expect(findBlock(summary, atMs + 60_001)).toBeNull();
    const view = toPageView(sampleSummary({ refusedLately }), { metric: null, kind: 'short' }, true, format);
    expect(view).toMatchObject({ title: 'Not enough credits left', actionLabel: 'Open billing' });
  });

  it('finds nothing while nothing is known or nothing is stopped', () => {
    expect(findBlock(emptySnapshot, atMs)).toBeNull();
    expect(findBlock(known({ level: 'over' }), atMs)).toBeNull();
  });
});

describe('chooseCorner', () => {
  it('never covers what is being typed in', () => {
    const length = fc.integer({ min: 1, max: 2000 });
    const corner = fc.constantFrom('bottom-end', 'bottom-start', 'top-start');
    const box = fc.record({ left: fc.nat(2000), top: fc.nat(2000), width: length, height: length });
    fc.assert(
      fc.property(
        length,
        length,
        box,
        fc.boolean(),
        corner,
        (width, height, typed, isRightToLeft, preferred) => {
          const typedIn = {
            left: typed.left,
            top: typed.top,
            right: typed.left + typed.width,
            bottom: typed.top + typed.height,
          };
          const card = { width: 320, height: 160 };
          const chosen = chooseCorner({ width, height }, card, typedIn, isRightToLeft, preferred);
          if (chosen === null) return;
          const isRight = chosen.endsWith('end') !== isRightToLeft;
          const left = isRight ? width - 16 - card.width : 16;
          const top = chosen.startsWith('bottom') ? height - 16 - card.height : 16;
          const isApart =
            left >= typedIn.right ||
            left + card.width <= typedIn.left ||
            top >= typedIn.bottom ||
            top + card.height <= typedIn.top;
          expect(isApart).toBe(true);
        },
      ),
    );
  });

  it('stands where it prefers to when nothing is typed in, and waits where a field fills the window', () => {
    const viewport = { width: 800, height: 600 };
    const card = { width: 320, height: 160 };
    expect(chooseCorner(viewport, card, null, false, 'bottom-end')).toBe('bottom-end');
    expect(chooseCorner(viewport, card, null, false, 'bottom-start')).toBe('bottom-start');
    expect(
      chooseCorner(viewport, card, { left: 0, top: 0, right: 800, bottom: 600 }, false, 'bottom-end'),
    ).toBeNull();
  });
});

describe('isPageHint', () => {
  it('takes anything that a page may post without throwing', () => {
    for (const value of [null, undefined, 0, '', 'usagekit', [], { source: 1 }])
      expect(isPageHint(value)).toBe(false);
    expect(isPageHint({ source: 'usagekit', type: 'anything' })).toBe(true);
    fc.assert(fc.property(fc.anything(), (value) => typeof isPageHint(value) === 'boolean'));
  });
});
