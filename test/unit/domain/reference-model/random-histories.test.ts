import {
  advance,
  availableOf,
  carryOf,
  debtOf,
  heldOf,
  type LedgerRecord,
  partsPerMicro,
  planOf,
  windowStandingsOf,
} from '@usagekit/server/domain';
import { expect, it } from 'vitest';
import fc from '../../../support/fast-check.ts';
import { commandWithPrices } from './random-commands.ts';
import { Twins } from './twins.ts';

/** Histories are long and a loaded machine is slow; nothing here waits. */
const timeout = 60_000;

const histories = fc.array(commandWithPrices, { minLength: 1, maxLength: 40, size: 'max' });

function nonZero(amounts: Iterable<readonly [string, bigint]>): Record<string, bigint> {
  return Object.fromEntries([...amounts].filter(([, amount]) => amount !== 0n));
}

/** The figures that account and model must agree on. */
function accountFigures({ account: { state, catalog, nowMs }, ada }: Twins) {
  const { windows } = planOf(state, catalog);
  return {
    available: availableOf(state.wallet, 'credits'),
    held: heldOf(state.wallet, 'credits'),
    debt: debtOf(state.wallet, 'credits'),
    carry: carryOf(state.wallet, 'credits') / (partsPerMicro / 2n),
    grants: Object.fromEntries(state.wallet.grants.map((grant) => [grant.id, [grant.remaining, grant.held]])),
    counters: nonZero(Object.entries(state.usage.counters)),
    earlier: state.earlierCycles.map((cycle) => [cycle.startsAtMs, nonZero(Object.entries(cycle.counters))]),
    storage: state.usage.gauges.storage?.value ?? 0n,
    holds: state.holds.map((hold) => [
      hold.id,
      nonZero(hold.legs.map((leg) => [leg.grantId, leg.amount] as const)),
    ]),
    cycle: state.usage.startsAtMs,
    windows: windowStandingsOf({ state, member: ada, nowMs }, windows).map(({ window, used, held }) => [
      window.id,
      used + held,
    ]),
  };
}

function modelFigures({ model }: Twins): ReturnType<typeof accountFigures> {
  return {
    available: model.wallet.available(),
    held: model.wallet.held(),
    debt: model.wallet.debt,
    carry: model.carry,
    grants: Object.fromEntries(model.wallet.grants.map((grant) => [grant.id, [grant.remaining, grant.held]])),
    counters: nonZero(model.counters),
    earlier: model.earlierCycles().map(([startsAtMs, counters]) => [startsAtMs, nonZero(counters)]),
    storage: model.storage(),
    holds: model.holds.map((hold) => [hold.id, nonZero(hold.legs)]),
    cycle: model.cycleStartsAtMs,
    windows: model.windows.map((window) => [window.id, model.usedInWindow(window)]),
  };
}

it('F1, F3, F23, E14, L27 to L53, L300 to L305: every answer and every balance is that of the plain model, over any history', {
  timeout,
}, () => {
  fc.assert(
    fc.property(histories, (history) => {
      const twins = new Twins();
      for (const next of history) {
        const answers = twins.run(next);
        expect(answers.account).toEqual(answers.model);
        expect(accountFigures(twins)).toEqual(modelFigures(twins));
      }
    }),
    { numRuns: 120 },
  );
});

it('F12, L61, L62: entries are numbered without a gap, have ids of their own, and tell the balance after each', {
  timeout,
}, () => {
  fc.assert(
    fc.property(histories, (history) => {
      const twins = new Twins();
      for (const next of history) twins.run(next);
      const { ledger } = twins.account;
      let balance = 0n;
      for (const [index, entry] of ledger.entries()) {
        balance += entry.amount;
        expect([entry.seq, entry.balanceAfter]).toEqual([index + 1, balance]);
      }
      expect(new Set(ledger.map((entry) => entry.id)).size).toBe(ledger.length);
    }),
    { numRuns: 60 },
  );
});

it('L47: a refusal gives back the same state and no entries', { timeout }, () => {
  fc.assert(
    fc.property(histories, (history) => {
      const twins = new Twins();
      for (const next of history) {
        const { state, ledger } = twins.account;
        const entries = ledger.length;
        const { outcome } = twins.run(next).account;
        if (!/_reached$|_exhausted$|^insufficient_credits$|^hold_not_open$/.test(outcome)) continue;
        expect(twins.account.state).toBe(state);
        expect(twins.account.ledger).toHaveLength(entries);
      }
    }),
    { numRuns: 60 },
  );
});

it('L63, L65: doing what is due late gives what doing it in time gives, except when it was recorded', {
  timeout,
}, () => {
  fc.assert(
    fc.property(
      histories,
      fc.array(fc.integer({ min: 1, max: 900 }), { maxLength: 12 }),
      (history, waits) => {
        const twins = new Twins();
        for (const next of history) twins.run(next);
        const { catalog, state, nowMs } = twins.account;
        let inTime = state;
        let atMs = nowMs;
        const entries: LedgerRecord[] = [];
        for (const hours of waits) {
          atMs += hours * 3_600_000;
          const advanced = advance(inTime, catalog, atMs, atMs);
          inTime = advanced.state;
          entries.push(...advanced.facts.entries);
        }
        const late = advance(state, catalog, atMs, atMs);
        expect(late.state).toEqual(inTime);
        expect(late.facts.entries).toEqual(entries.map((entry) => ({ ...entry, recordedAtMs: atMs })));
        expect(advance(late.state, catalog, atMs, atMs).state).toBe(late.state);
      },
    ),
    { numRuns: 120 },
  );
});
