// @vitest-environment node
import type { Summary } from '@usagekit/server/contract';
import { describe, expect, it } from 'vitest';
import {
  decideNotices,
  isQuiet,
  type NoticeState,
  parseNoticeState,
  withoutConnection,
} from '../../../extension/src/core/account/notices.ts';
import { sampleMeter, sampleSummary } from '../../../extension/test-support/sample-summary.ts';
import fc from '../../support/fast-check.ts';

const nowMs = Date.UTC(2026, 10, 20, 8);
const format = { locale: 'en-GB', timeZone: 'UTC' };
const settings = { isOn: true, quietFromHour: 0, quietToHour: 0 };
const connectionId = 'acme https://acme.example';

function decide(changes: Partial<Summary>, state: NoticeState = {}, more: object = {}) {
  const summary = sampleSummary(changes);
  return decideNotices({ connectionId, summary }, state, { settings, hour: 12, nowMs, format, ...more });
}

const low = { level: 'warning' as const, credits: { available: '900', held: '0', unit: 'credits' as const } };

describe('decideNotices', () => {
  it('says once that the credits run low, with what is left and the reset', () => {
    const first = decide(low);
    expect(first.notices).toEqual([
      {
        id: JSON.stringify([connectionId, '']),
        title: 'Acme: credits running low',
        message: '900 credits left. Resets 1 Dec 2026, 09:00.',
      },
    ]);
    expect(decide(low, first.state).notices).toEqual([]);
    expect(decide({ ...low, level: 'over' }, first.state).notices).toEqual([]);
  });

  it('speaks of each meter by itself, and of nothing that only is observed', () => {
    const meters = [
      sampleMeter({ percent: 92, level: 'high' }),
      sampleMeter({ metric: 'tokens', percent: null, level: 'observed' }),
    ];
    expect(decide({ meters }).notices).toMatchObject([
      { title: 'Acme: Emails running low', message: expect.stringMatching(/^92% used\. Resets 1 Dec/) },
    ]);
  });

  it('says that they are back in the next cycle, where it said that they were low, and not otherwise', () => {
    const { state } = decide({ ...low, level: 'over' });
    const next = { cycleStartsAt: '2026-12-01T00:00:00.000Z', resetsAt: '2027-01-01T09:00:00.000Z' };
    expect(decide(next, state).notices).toMatchObject([{ title: 'Acme: credits available again' }]);
    expect(decide(next, decide(next, state).state).notices).toEqual([]);
    expect(decide(next).notices).toEqual([]);
  });

  it('says nothing in quiet hours, and says it after them where it is still so', () => {
    const quiet = { settings: { isOn: true, quietFromHour: 22, quietToHour: 7 } };
    const night = decide(low, {}, { ...quiet, hour: 23 });
    expect(night).toEqual({ state: {}, notices: [] });
    expect(decide(low, night.state, { ...quiet, hour: 7 }).notices).toHaveLength(1);
  });

  it('says nothing while it is off', () => {
    expect(decide(low, {}, { settings: { ...settings, isOn: false } }).notices).toEqual([]);
  });

  it('says each thing once in a cycle, whatever figures come in whatever order', () => {
    const level = fc.constantFrom('ok' as const, 'warning' as const, 'high' as const, 'over' as const);
    const step = fc.record({
      level,
      meter: level,
      cycle: fc.constantFrom('2026-11-01T00:00:00.000Z', '2026-12-01T00:00:00.000Z'),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 100 }), (steps) => {
        let state: NoticeState = {};
        const said = new Map<string, number>();
        for (const { level: ofCredits, meter, cycle } of steps) {
          const meters = [sampleMeter({ percent: 90, level: meter })];
          const decided = decide({ level: ofCredits, meters, cycleStartsAt: cycle }, state);
          state = decided.state;
          for (const { id, title } of decided.notices) {
            const key = JSON.stringify([id, /again$/.test(title), cycle]);
            said.set(key, (said.get(key) ?? 0) + 1);
          }
        }
        expect([...said.values()].every((times) => times === 1)).toBe(true);
      }),
    );
  });
});

describe('quiet hours', () => {
  it.each([
    [22, 7, 23, true],
    [22, 7, 6, true],
    [22, 7, 7, false],
    [9, 17, 12, true],
    [9, 17, 17, false],
    [0, 0, 3, false],
  ])('from %i to %i at %i: %s', (quietFromHour, quietToHour, hour, expected) => {
    expect(isQuiet({ isOn: true, quietFromHour, quietToHour }, hour)).toBe(expected);
  });
});

describe('what was said', () => {
  it('dies with its connection, and with what is not understood', () => {
    const { state } = decide(low);
    expect(Object.keys(state)).toHaveLength(1);
    expect(withoutConnection(state, connectionId)).toEqual({});
    expect(withoutConnection(state, 'other')).toEqual(state);
    expect(parseNoticeState(structuredClone(state))).toEqual(state);
    for (const value of [null, 7, [], { x: 1 }, { '["a"]': 1 }]) expect(parseNoticeState(value)).toEqual({});
  });
});
