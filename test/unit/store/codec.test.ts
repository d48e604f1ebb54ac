import { describe, expect, it } from 'vitest';
import {
  type ChargeRecord,
  type InvoiceRecord,
  nothingBilled,
} from '../../../server/src/domain/invoices/state.ts';
import type { MemberRecord } from '../../../server/src/domain/members/state.ts';
import type { PurchaseRecord } from '../../../server/src/domain/purchases/state.ts';
import type { AccountState } from '../../../server/src/domain/state.ts';
import { decodeAccount, encodeAccount } from '../../../server/src/store/codec/account-codec.ts';
import { decodeEntry, encodeEntry } from '../../../server/src/store/codec/entry-codec.ts';
import { amountFromJson, amountToJson } from '../../../server/src/store/codec/json-amount.ts';
import {
  chargeCodec,
  createRecordCodec,
  invoiceCodec,
  memberCodec,
  purchaseCodec,
  taskCodec,
} from '../../../server/src/store/codec/record-codec.ts';
import { recordStep } from '../../../server/src/store/codec/stored-format.ts';
import { decodeUsage, encodeUsage } from '../../../server/src/store/codec/usage-codec.ts';
import { StoredFormatError } from '../../../server/src/store/store-errors.ts';
import {
  sampleAccount,
  sampleCharge,
  sampleEntry,
  sampleInvoice,
  samplePurchase,
  sampleTask,
  sampleUsage,
} from '../../store/account-samples.ts';
import fc from '../../support/fast-check.ts';
import { memberRecord } from '../../support/member-record.ts';

const amount = fc.bigInt({ min: -(10n ** 18n), max: 10n ** 18n });
const text = fc.string({ unit: 'grapheme', maxLength: 20 });
const name = fc.oneof(text, fc.constantFrom('__proto__', 'constructor', '$n', '0', ''));
const amounts = fc
  .array(fc.tuple(name, amount), { maxLength: 4 })
  .map((pairs) => Object.fromEntries(pairs) as Record<string, bigint>);
const legs = fc.array(fc.record({ grantId: text, amount }), { maxLength: 3 });

function member(id: string, allocations: Record<string, bigint>): MemberRecord {
  return memberRecord({ id, accountId: 'a', allocations });
}

function encodedOf(state: AccountState) {
  const { profile = '', wallet = '', usage = '', holds = '', rest = '' } = encodeAccount(state, undefined);
  return { profile, wallet, usage, holds, rest };
}

describe('codecs', () => {
  it('read a change that waited for its payment before quantities could, as one of plan', () => {
    const charge = { id: 'change-1', status: 'settling', actionUrl: null } as const;
    const pendingChange = {
      chargeId: charge.id,
      change: { kind: 'change_plan', planId: 'pro' } as const,
      memberId: null,
      commandId: 'c',
      orderedAtMs: 1,
      charge,
    };
    const account = sampleAccount('a');
    const state: AccountState = { ...account, billing: { ...nothingBilled, pendingChange } };
    const encoded = encodedOf(state);
    const [, fields] = JSON.parse(encoded.rest);
    delete fields.billing.pendingChange.change.kind;
    const rest = JSON.stringify([13, fields]);
    expect(decodeAccount({ ...encoded, rest }, 1).billing).toEqual(state.billing);
  });

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
            gauges: Object.fromEntries([
              [key, { value: figure, setAtMs: 1, base: figure, changes: [{ atMs: 2, quantity: -figure }] }],
            ]),
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
              dimensions: { agentId: label, apiKeyId: label, workspaceId: label, projectId: key },
              createdAtMs: 1,
              catalogVersion: null,
              modelFactor: 1_000_000n,
              expiresAtMs: 2,
            },
          ],
          version: 7,
        };
        expect(decodeAccount(encodedOf(state), 7)).toEqual(state);
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

  it('F20: read accounts of the first format, whatever fields it lacked, and count their members', () => {
    const state = { ...sampleAccount('a', 5n), memberCount: 3, baselineGiven: null, billing: nothingBilled };
    const { rest, ...parts } = encodedOf(state);
    const [, fields] = JSON.parse(rest);
    const {
      earlierCycles: _,
      memberCount: _m,
      paidDebts: _p,
      allocations: _a,
      baselineGiven: _b,
      billing: _i,
      ...lacking
    } = fields;
    const { creditsThisCycle: _c, ...topUp } = lacking.topUp;
    const first = { ...parts, rest: JSON.stringify([1, { ...lacking, topUp }]) };
    const members = [member('ann', { workflows: 5n }), member('ben', {}), member('cy', {})];
    const told = JSON.stringify(members.map((each) => memberCodec.encode(each)));
    expect(decodeAccount(first, 1, told)).toEqual({ ...state, allocations: { ann: { workflows: 5n } } });
  });

  it('F20: read gauges of the first format, whose value is all that is known of them', () => {
    const { profile = '', wallet = '', holds = '', rest = '' } = encodeAccount(sampleAccount('a'), undefined);
    const usage = JSON.stringify([1, 5, 9, 0, [], [['seats', [3_000_000, 7]]], [], []]);
    const { gauges } = decodeAccount({ profile, wallet, usage, holds, rest }, 1).usage;
    expect(gauges).toEqual({ seats: { value: 3_000_000n, setAtMs: 7, base: 3_000_000n, changes: [] } });
  });

  it('F20: read tasks of the first format, and give back what they were charged as that format did', () => {
    const running = sampleTask('a', 't', { endedAtMs: null, paid: 5n });
    const [, { paidFrom: _, counted: _c, ...fields }] = JSON.parse(taskCodec.encode(running));
    const [part] = taskCodec.decode(JSON.stringify([1, fields])).paidFrom;
    expect(part).toMatchObject({ amount: 5n, grant: { id: 'refund-t', amount: 5n, expiresAtMs: null } });
    const [, { paidFrom: _ended, ...ended }] = JSON.parse(taskCodec.encode({ ...running, endedAtMs: 9 }));
    expect(taskCodec.decode(JSON.stringify([1, ended]))).toEqual({ ...running, counted: [], endedAtMs: 9 });
  });

  it('F20: read tasks of the sixth format, which did not know which part of a cycle counted a use', () => {
    const count = { usageId: 'u', atMs: 5, counts: [{ metric: 'runs', quantity: 7n }] };
    const running = sampleTask('a', 't', { endedAtMs: null, counted: [count] });
    const [, fields] = JSON.parse(taskCodec.encode(running));
    const { counted } = taskCodec.decode(JSON.stringify([6, fields]));
    expect(counted).toEqual([{ ...count, partsEnded: null }]);
  });

  it('N7: keep records whose fields have the names of marks, texts and amounts alike', () => {
    const codec = createRecordCodec<Record<string, unknown>>('sample', []);
    const value = { $n: 'five', $o: [['a', 1]], of: { $n: 5n, $o: 'x' }, list: [{ $o: [] }, { $n: '7' }] };
    expect(codec.decode(codec.encode(value))).toEqual(value);
  });

  it('F20: take a body through every upgrade step from its version on', () => {
    const steps = [
      recordStep((fields) => ({ ...fields, second: 2 })),
      recordStep((fields) => ({ ...fields, third: Number(fields.second) + 1 })),
    ];
    const codec = createRecordCodec<Record<string, unknown>>('thing', steps);
    expect(codec.format.version).toBe(3);
    expect(codec.decode('[1,{"first":1}]')).toEqual({ first: 1, second: 2, third: 3 });
    expect(codec.decode('[2,{"first":1,"second":4}]')).toEqual({ first: 1, second: 4, third: 5 });
    expect(codec.encode({ first: 1 })).toBe('[3,{"first":1}]');
    expect(() => codec.decode('[4,{}]')).toThrow(/thing has format 4; .* knows 3/);
    expect(() => codec.decode('[0,{}]')).toThrow(StoredFormatError);
  });

  it('refuse a format of a newer version, what is no JSON, and what lacks a part', () => {
    expect(() => decodeEntry(sampleEntry('a', 1), '[2,"debit"]')).toThrow(StoredFormatError);
    expect(() => taskCodec.decode('{"version":1}')).toThrow(StoredFormatError);
    expect(() => decodeUsage(sampleUsage('a', 'u'), '[1,')).toThrow(StoredFormatError);
    expect(() => decodeUsage(sampleUsage('a', 'u'), '[1,5]')).toThrow(StoredFormatError);
    expect(() => decodeAccount({ ...encodedOf(sampleAccount('a')), wallet: '[1,7]' }, 1)).toThrow(
      StoredFormatError,
    );
  });
});

describe('what was stored of money before', () => {
  it('opens a use that does not tell what the invoice pays', () => {
    const key = { accountId: 'acme', atMs: 1, id: 'use-1' };
    const { invoiced: __, ...sample } = sampleUsage('acme', 'use-1');
    const parts = JSON.parse(encodeUsage(sample)) as unknown[];
    const version4 = JSON.stringify([4, ...parts.slice(1, -2)]);
    expect(decodeUsage(key, version4).invoiced).toBeNull();
    const { invoiced: _, ...known } = decodeUsage(key, version4);
    expect(decodeUsage(key, encodeUsage(known)).invoiced).toBeUndefined();
    const invoiced = [{ metric: 'runs', quantity: 10n ** 17n, fromMs: null }];
    expect(decodeUsage(key, encodeUsage({ ...known, invoiced })).invoiced).toEqual(invoiced);
  });

  it('opens an invoice, of whose lines it is not known what they bill', () => {
    const invoice = sampleInvoice('acme', 'i-1');
    const lines = invoice.lines.map(({ causeId: _, ...line }) => line);
    const stored = JSON.parse(invoiceCodec.encode({ ...invoice, lines } as unknown as InvoiceRecord));
    expect(invoiceCodec.decode(JSON.stringify([1, stored[1]])).lines).toMatchObject([{ causeId: null }]);
    expect(invoiceCodec.decode(invoiceCodec.encode(invoice))).toEqual(invoice);
  });

  it('opens a purchase that was ordered before purchases bore tax and had invoices', () => {
    const { taxes, invoiceId, ...old } = samplePurchase();
    const stored = JSON.parse(purchaseCodec.encode(old as PurchaseRecord));
    expect(purchaseCodec.decode(JSON.stringify([1, stored[1]]))).toEqual({
      ...old,
      taxes: [],
      invoiceId: null,
    });
    expect(purchaseCodec.decode(purchaseCodec.encode({ ...old, taxes, invoiceId }))).toEqual(
      samplePurchase(),
    );
  });

  it('opens a charge that does not tell what went to the balance', () => {
    const { surplus: _, ...charge } = sampleCharge('acme', 'c-1');
    const stored = JSON.parse(chargeCodec.encode(charge as ChargeRecord));
    expect(chargeCodec.decode(JSON.stringify([1, stored[1]])).surplus).toBeNull();
  });
});
