import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeAccount, encodeAccount } from '../../../server/src/store/codec/account-codec.ts';
import { decodeEntry, encodeEntry } from '../../../server/src/store/codec/entry-codec.ts';
import { amountFromJson, amountToJson } from '../../../server/src/store/codec/json-amount.ts';
import { taskCodec } from '../../../server/src/store/codec/record-codec.ts';
import { StoredFormatError } from '../../../server/src/store/codec/stored-json.ts';
import { decodeUsage, encodeUsage } from '../../../server/src/store/codec/usage-codec.ts';
import { sampleAccount, sampleEntry, sampleTask, sampleUsage } from '../../store/account-samples.ts';

const amount = fc.bigInt({ min: -(10n ** 18n), max: 10n ** 18n });
const text = fc.string({ unit: 'grapheme', maxLength: 20 });
const name = fc.oneof(text, fc.constantFrom('__proto__', 'constructor', '$n', '0', ''));
const amounts = fc
  .array(fc.tuple(name, amount), { maxLength: 4 })
  .map((pairs) => Object.fromEntries(pairs) as Record<string, bigint>);
const legs = fc.array(fc.record({ grantId: text, amount }), { maxLength: 3 });

describe('codecs', () => {
  it('give back every amount exactly', () => {
    fc.assert(
      fc.property(fc.bigInt(), (each) => {
        expect(amountFromJson(JSON.parse(JSON.stringify(amountToJson(each))))).toBe(each);
      }),
    );
  });

  it('give back every account exactly', () => {
    fc.assert(
      fc.property(amounts, amounts, amount, text, name, (some, others, figure, label, key) => {
        const sample = sampleAccount('a', figure);
        const state = {
          ...sample,
          profile: { ...sample.profile, name: label, ownLimits: some },
          wallet: { ...sample.wallet, debts: others },
          usage: {
            ...sample.usage,
            counters: some,
            gauges: Object.fromEntries([[key, { value: figure, setAtMs: 1 }]]),
            byMember: Object.fromEntries([[key, others]]),
          },
          holds: [
            {
              id: label,
              taskId: null,
              unit: 'credits',
              amount: figure,
              legs: [{ grantId: key, amount: figure }],
              settled: -figure,
              counts: others,
              dimensions: { agentId: label, workspaceId: label, projectId: key },
              createdAtMs: 1,
              expiresAtMs: 2,
            },
          ],
          version: 7,
        };
        const { profile, wallet, usage, holds, rest } = encodeAccount(state, undefined);
        const encoded = {
          profile: profile ?? '',
          wallet: wallet ?? '',
          usage: usage ?? '',
          holds: holds ?? '',
          rest: rest ?? '',
        };
        expect(decodeAccount(encoded, 7)).toEqual(state);
      }),
    );
  });

  it('encode only the parts of an account that changed', () => {
    const before = sampleAccount('a', 5n);
    const after = { ...before, wallet: { ...before.wallet, nextSeq: 9 }, version: 2 };
    const { wallet, ...others } = encodeAccount(after, before);
    expect(wallet).toBeTypeOf('string');
    expect(Object.values(others).every((part) => part === undefined)).toBe(true);
    expect(encodeAccount({ ...before, runningTasks: 1 }, before).rest).toBeTypeOf('string');
  });

  it('give back every entry and usage record exactly', () => {
    fc.assert(
      fc.property(amount, legs, text, fc.option(text), (figure, taken, label, maybe) => {
        const entry = sampleEntry('a', 3, {
          amount: figure,
          legs: taken,
          debt: figure,
          description: label,
          taskId: maybe,
        });
        expect(decodeEntry(entry, encodeEntry(entry))).toEqual(entry);
        const usage = sampleUsage('a', 'u', {
          charge: figure,
          grantsUsed: taken,
          dimensions: maybe === null ? {} : { taskId: maybe, source: label },
          counts: [{ metric: label, quantity: figure, ...(maybe === null ? {} : { tool: maybe }) }],
          lines: [],
          backfill: maybe === null,
        });
        expect(decodeUsage(usage, encodeUsage(usage))).toEqual(usage);
      }),
    );
  });

  it('give back tasks whose texts look like amounts', () => {
    const task = sampleTask('a', 't', { result: '{"$n":"5"}', error: '$n', estimate: null });
    expect(taskCodec.decode(taskCodec.encode(task))).toEqual(task);
  });

  it('refuse accounts and tasks that lack what this version reads of them, and say what to do', () => {
    const { wallet, profile, usage, holds, rest } = encodeAccount(sampleAccount('a'), undefined);
    const parts = { wallet: wallet ?? '', profile: profile ?? '', usage: usage ?? '', holds: holds ?? '' };
    const { earlierCycles: _, ...lacking } = JSON.parse(rest ?? '')[1];
    const decodeEarlier = () => decodeAccount({ ...parts, rest: JSON.stringify([1, lacking]) }, 1);
    expect(decodeEarlier).toThrow(StoredFormatError);
    expect(decodeEarlier).toThrow(/account.*the version that wrote it/);
    const { paidFrom: _paid, ...task } = JSON.parse(taskCodec.encode(sampleTask('a', 't')))[1];
    expect(() => taskCodec.decode(JSON.stringify([1, task]))).toThrow(StoredFormatError);
  });

  it('refuse a format of another version, and what is no JSON', () => {
    expect(() => decodeEntry(sampleEntry('a', 1), '[2,"debit"]')).toThrow(StoredFormatError);
    expect(() => taskCodec.decode('{"version":1}')).toThrow(StoredFormatError);
    expect(() => decodeUsage(sampleUsage('a', 'u'), '[1,')).toThrow(StoredFormatError);
  });
});
