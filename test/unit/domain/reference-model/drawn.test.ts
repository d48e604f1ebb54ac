import { describe, expect, it } from 'vitest';
import { ledgerKind } from '../../../../server/src/contract/credits/credits-schemas.ts';
import fc from '../../../support/fast-check.ts';
import { topUpCallOf, step as topUpStep } from '../purchases/top-up-steps.ts';
import { taskCallOf, step as taskStep } from '../tasks/task-steps.ts';
import { drawnCalls, drawnEntries, type History } from './drawn.ts';
import { between, betweenCallOf, callOf, command, commandWithPrices } from './random-commands.ts';
import { commandStep, subscriptionCallOf } from './subscription-commands.ts';
import { Twins } from './twins.ts';

const sampled = { numRuns: 3_000, seed: 1 };
const typesOf = (steps: readonly { readonly type: string }[]) => new Set(steps.map(({ type }) => type));

/** What each history draws, and the calls that its table says these are. */
const histories: Record<History, { drawn: Set<string>; callOf: Record<string, string | null> }> = {
  use: {
    drawn: typesOf([...fc.sample(commandWithPrices, sampled), ...fc.sample(between, sampled)]),
    callOf: { ...callOf, ...betweenCallOf },
  },
  subscription: {
    drawn: new Set([
      'use',
      ...fc
        .sample(commandStep, sampled)
        .flatMap((step) => (step.kind === 'command' ? [step.command.kind] : [])),
    ]),
    callOf: { ...subscriptionCallOf, use: 'POST /v1/consume' },
  },
  tasks: { drawn: typesOf(fc.sample(taskStep, sampled)), callOf: taskCallOf },
  top_ups: { drawn: typesOf(fc.sample(topUpStep, sampled)), callOf: topUpCallOf },
};
const names = Object.keys(histories) as History[];

describe('random histories', () => {
  it.each(names)('draw every step that the history of %s knows', (name) => {
    const { drawn, callOf } = histories[name];
    expect([...drawn].sort()).toEqual(Object.keys(callOf).sort());
  });

  it.each(names)('F1: the calls said to be drawn by the history of %s are those that it draws', (name) => {
    const said = Object.entries(drawnCalls).flatMap(([call, drawn]) =>
      Array.isArray(drawn) && drawn.includes(name) ? [call] : [],
    );
    const calls = new Set(Object.values(histories[name].callOf).filter((call) => call !== null));
    expect(said.sort()).toEqual([...calls].sort());
  });

  it('F12: every kind of ledger entry is written by some history of use, or is left out with a reason', () => {
    const written = new Set<string>();
    const runs = fc.sample(fc.array(command, { minLength: 20, maxLength: 40, size: 'max' }), {
      numRuns: 40,
      seed: 1,
    });
    for (const history of runs) {
      const twins = new Twins();
      for (const next of history) twins.run(next);
      for (const { kind } of twins.account.ledger) written.add(kind);
    }
    const said = ledgerKind.options.filter((kind) => drawnEntries[kind] === true);
    expect([...written].sort()).toEqual(said.sort());
  });
});
