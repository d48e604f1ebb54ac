// @vitest-environment node

import { describe, expect, it } from 'vitest';
import {
  type Block,
  blockKey,
  decidePrompt,
  emptyPromptState,
  interruptionsMax,
  type PromptEvent,
  type PromptState,
  parsePromptState,
  snoozeMs,
} from '../../../extension/src/core/prompt/prompt-policy.ts';
import fc from '../../support/fast-check.ts';

const nowMs = Date.UTC(2026, 10, 20, 8);
const block: Block = {
  connectionId: 'acme https://acme.example',
  metric: null,
  cycleStartsAt: '2026-11-01T00:00:00.000Z',
};
const inView = { isVisible: true, productShowsOwn: false };
const confirmed = (changes: Partial<Block> = {}, place = inView): PromptEvent => ({
  type: 'block_confirmed',
  block: { ...block, ...changes },
  place,
});

function promptsOf(events: readonly PromptEvent[], stepMs = 0): number {
  let state = emptyPromptState;
  let prompts = 0;
  events.forEach((event, index) => {
    const decision = decidePrompt(state, event, nowMs + index * stepMs);
    state = decision.state;
    if (decision.prompt) prompts += 1;
  });
  return prompts;
}

describe('decidePrompt', () => {
  it('F17: prompts once for a metric and cycle, whatever follows in whatever order', () => {
    const metric = fc.constantFrom(null, 'emails', 'runs');
    const cycle = fc.constantFrom('2026-11-01T00:00:00.000Z', '2026-12-01T00:00:00.000Z');
    const place = fc.record({ isVisible: fc.boolean(), productShowsOwn: fc.boolean() });
    const event = fc.oneof(
      {
        weight: 8,
        arbitrary: fc
          .tuple(metric, cycle, place)
          .map(([m, c, p]) => confirmed({ metric: m, cycleStartsAt: c }, p)),
      },
      { weight: 1, arbitrary: fc.constant<PromptEvent>({ type: 'snoozed' }) },
    );
    fc.assert(
      fc.property(fc.array(event, { maxLength: 200 }), fc.nat(4 * 3_600_000), (events, stepMs) => {
        const prompted = new Map<string, number>();
        let state: PromptState = emptyPromptState;
        events.forEach((next, index) => {
          const decision = decidePrompt(state, next, nowMs + index * stepMs);
          state = decision.state;
          if (!decision.prompt || next.type !== 'block_confirmed') return;
          expect(next.place).toEqual(inView);
          const key = blockKey(next.block);
          prompted.set(key, (prompted.get(key) ?? 0) + 1);
        });
        for (const count of prompted.values()) expect(count).toBe(1);
      }),
    );
  });

  it('F17: prompts once when the same block is confirmed a hundred times', () => {
    expect(promptsOf(Array.from({ length: 100 }, () => confirmed()))).toBe(1);
  });

  it('prompts again for another metric and for the next cycle', () => {
    expect(promptsOf([confirmed(), confirmed({ metric: 'emails' })])).toBe(2);
    expect(promptsOf([confirmed(), confirmed({ cycleStartsAt: '2026-12-01T00:00:00.000Z' })])).toBe(2);
  });

  it('keeps every prompt away for a day after Not now, and no longer', () => {
    const { state } = decidePrompt(emptyPromptState, { type: 'snoozed' }, nowMs);
    expect(decidePrompt(state, confirmed(), nowMs + snoozeMs - 1)).toMatchObject({
      prompt: false,
      reason: 'snoozed',
    });
    expect(decidePrompt(state, confirmed(), nowMs + snoozeMs)).toMatchObject({ prompt: true });
  });

  it('is quiet while the product shows its own, and prompts when that has gone', () => {
    const quiet = decidePrompt(
      emptyPromptState,
      confirmed({}, { isVisible: true, productShowsOwn: true }),
      nowMs,
    );
    expect(quiet).toMatchObject({ prompt: false, reason: 'product_shows_own' });
    expect(decidePrompt(quiet.state, confirmed(), nowMs)).toMatchObject({ prompt: true });
  });

  it('does not count an interruption that nobody could see', () => {
    const hidden = decidePrompt(
      emptyPromptState,
      confirmed({}, { isVisible: false, productShowsOwn: false }),
      nowMs,
    );
    expect(hidden).toMatchObject({ prompt: false, reason: 'nobody_looks' });
    expect(promptsOf([confirmed(), { type: 'not_shown', block }, confirmed()])).toBe(2);
  });

  it('forgets everything on disconnecting', () => {
    const { state } = decidePrompt(emptyPromptState, confirmed(), nowMs);
    expect(decidePrompt(state, { type: 'disconnected', connectionId: null }, nowMs).state).toEqual(
      emptyPromptState,
    );
  });

  it('remembers a bounded number of interruptions, the latest ones', () => {
    let state = emptyPromptState;
    for (let index = 0; index <= interruptionsMax; index += 1) {
      state = decidePrompt(state, confirmed({ metric: `m${index}` }), nowMs + index).state;
    }
    expect(Object.keys(state.interrupted)).toHaveLength(interruptionsMax);
    expect(decidePrompt(state, confirmed({ metric: `m${interruptionsMax}` }), nowMs).prompt).toBe(false);
  });

  it('survives being stored, and takes whatever is not its own as nothing remembered', () => {
    const { state } = decidePrompt(emptyPromptState, confirmed(), nowMs);
    expect(parsePromptState(JSON.parse(JSON.stringify(state)))).toEqual(state);
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(typeof decidePrompt(parsePromptState(value), confirmed(), nowMs).prompt).toBe('boolean');
      }),
    );
  });
});
