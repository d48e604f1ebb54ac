import {
  availableOf,
  createEraser,
  decideEraseAccount,
  decideEraseMember,
  decidePutMember,
  decideRemoveMember,
  decideUse,
  type Erasing,
  eraseAccount,
  eraseAnswer,
  eraseCharge,
  eraseFacts,
  eraseInState,
  eraseInvoice,
  eraseMember,
  eraseNotice,
  erasePurchase,
  eraseTask,
  type FieldRules,
  type InvoiceRecord,
  type MemberRecord,
  nextDueAtMs,
  noFacts,
  type TaskRecord,
  withoutMark,
} from '@usagekit/server/domain';
import { expect, it } from 'vitest';
import fc from '../../../support/fast-check.ts';
import { AccountFixture, at } from '../account-fixture.ts';

const order = (change: Partial<Erasing> = {}): Erasing => ({
  erasureId: 'erasure-1',
  subject: 'member',
  id: 'ada',
  pseudonym: 'erased-1',
  texts: ['ada', 'Ada Byron'],
  seed: 'a secret',
  withInvoices: false,
  ...change,
});
const wholeAccount = order({ subject: 'account', id: 'acme', pseudonym: 'erased-account' });
const pseudonymOf = (seed: string, id: string) => `erased-${seed.length}-${id.length}`;
const eraserOf = (erasing: Erasing) => createEraser('acme', erasing, pseudonymOf);

function withMember(): { account: AccountFixture; ada: MemberRecord } {
  const account = new AccountFixture();
  const input = { name: 'Ada Byron', allocations: { exports: '10' } };
  const { member } = account.decide((context) =>
    decidePutMember(context, { present: undefined, id: 'ada', input, usedThisCycle: {} }),
  );
  account.member = member;
  account.use([{ metric: 'exports', quantity: '3' }], { memberId: 'ada' });
  return { account, ada: member };
}

it('L364: the state names the pseudonym in the place of the member, with every figure as it was', () => {
  const { account, ada } = withMember();
  account.decide((context) => decideEraseMember(context, ada, order()));
  const before = account.state;
  const after = eraseInState(eraserOf(order()), before);
  expect(JSON.stringify(withoutMark(after, 'erasure-1'), bigints)).not.toContain('ada');
  expect([after.memberCount, after.allocations]).toEqual([0, {}]);
  expect(availableOf(after.wallet, 'credits')).toBe(availableOf(before.wallet, 'credits'));
  expect(after.usage.counters).toEqual(before.usage.counters);
});

it('L364: what was counted under both names is the pseudonym’s, added up', () => {
  const { account } = withMember();
  const { state } = account;
  const usage = { ...state.usage, byMember: { exports: { ada: 3n, 'erased-1': 4n, eve: 5n } } };
  const after = eraseInState(eraserOf(order()), { ...state, usage });
  expect(after.usage.byMember).toEqual({ exports: { 'erased-1': 7n, eve: 5n } });
});

it('L364: a member’s own grants go on under ids of the pseudonym', () => {
  const eraser = eraserOf(order());
  for (const [before, after] of [
    ['baseline~member~ada', 'baseline~member~erased-1'],
    ['baseline~member~ada~grant', 'baseline~member~erased-1~grant'],
    ['baseline~member~adam~grant', 'baseline~member~adam~grant'],
    ['ada~member~ada', 'ada~member~ada'],
  ] as const)
    expect(eraser.derivedId(before)).toBe(after);
});

it('L364: to erase again what was erased changes nothing, whatever the texts are', () => {
  fc.assert(
    fc.property(fc.string(), fc.array(fc.string({ maxLength: 8 })), (text, texts) => {
      const eraser = eraserOf(order({ texts: ['ada', ...texts.filter((each) => !each.includes('erased'))] }));
      const once = eraser.text(text);
      expect(eraser.text(once).replaceAll('erased-1', '')).toBe(once.replaceAll('erased-1', ''));
    }),
  );
});

it('L365: while it lasts, what is used in the member’s name is used in the pseudonym’s', () => {
  const { account, ada } = withMember();
  account.decide((context) => decideEraseMember(context, ada, order()));
  const used = account.decide((context) => {
    const decision = decideUse(context, {
      items: [{ metric: 'exports', quantity: '2' }],
      dimensions: { memberId: 'ada' },
    });
    expect(eraseFacts(eraserOf(order()), decision.facts).usage[0]?.dimensions).toEqual({
      memberId: 'erased-1',
    });
    return decision;
  });
  expect(used.outcome).toBe('allowed');
});

it('L365: nobody is made under the id until it is over, and then it is a new member', () => {
  const { account, ada } = withMember();
  account.decide((context) => decideEraseMember(context, ada, order()));
  const put = () =>
    account.decide((context) =>
      decidePutMember(context, { present: undefined, id: 'ada', input: {}, usedThisCycle: {} }),
    );
  expect(put).toThrow(/is being erased/);
  account.state = withoutMark(account.state, 'erasure-1');
  account.moveTo('2026-06-02T00:00:00Z');
  expect(put()).toMatchObject({
    isNew: true,
    member: { name: 'ada', createdAtMs: at('2026-06-02T00:00:00Z') },
  });
});

it('L365: to order it twice marks the account once', () => {
  const { account, ada } = withMember();
  const first = account.decide((context) => decideEraseMember(context, ada, order()));
  expect(first).toMatchObject({ id: 'ada', name: 'erased-1', removal: { isBack: false } });
  const marked = account.state;
  account.decide((context) => decideEraseMember(context, first ?? undefined, order()));
  expect(account.state).toBe(marked);
});

it('L366: whole words give way, in any case and of three characters at least', () => {
  const { text } = eraserOf(order({ texts: ['ada', 'Ada Byron', 'a@b.c', 'x', 'Zoë'] }));
  expect(text('Ada Byron, ADA and adamant people; mail a@b.c, x = 1, Zoë (zoë), Zoëlla')).toBe(
    'erased-1, erased-1 and adamant people; mail erased-1, x = 1, erased-1 (erased-1), Zoëlla',
  );
});

const task = (change: Partial<TaskRecord>): TaskRecord => ({
  id: 'task-1',
  accountId: 'acme',
  name: 'Report for Ada Byron',
  status: 'completed',
  dimensions: {},
  estimate: null,
  estimateItems: null,
  holdId: null,
  held: 0n,
  cost: 7n,
  paid: 7n,
  paidFrom: [],
  counted: [],
  refunded: 0n,
  unit: 'credits',
  lines: [],
  result: 'Sent to Ada Byron in Ockham',
  error: null,
  createdAtMs: 0,
  startedAtMs: null,
  endedAtMs: null,
  updatedAtMs: 0,
  ...change,
});

it('L366: a task of the member keeps no words, one of somebody else loses the name', () => {
  const eraser = eraserOf(order());
  const own = eraseTask(eraser, task({ dimensions: { memberId: 'ada' } }));
  expect(own).toMatchObject({ name: 'Erased', result: null, cost: 7n, dimensions: { memberId: 'erased-1' } });
  expect(eraseTask(eraser, own)).toEqual(own);
  const other = eraseTask(eraser, task({ dimensions: { memberId: 'eve' } }));
  expect(other).toMatchObject({ name: 'Report for erased-1', result: 'Sent to erased-1 in Ockham' });
});

it('L366: somebody else of the same name keeps it', () => {
  const { ada } = withMember();
  const eve = { ...ada, id: 'eve' };
  expect(eraseMember(eraserOf(order()), eve)).toBe(eve);
});

it('L366: a notice is not mailed to an address that the order names', () => {
  const notice = {
    id: 'notice-1',
    accountId: 'acme',
    atMs: 0,
    createdAtMs: 0,
    subject: { type: 'task.failed', taskId: 'task-1', name: 'For Ada Byron', error: null },
    mailTo: 'ada@byron.test',
    deliveries: null,
    dueAtMs: 0,
  } as const;
  const erased = eraseNotice(eraserOf(order({ texts: ['Ada Byron', 'ada@byron.test'] })), notice);
  expect([erased.mailTo, erased.subject]).toEqual([null, { ...notice.subject, name: 'For erased-1' }]);
  expect(eraseNotice(eraserOf(order({ texts: ['Eve'] })), notice)).toEqual(notice);
});

it('L369: the buyer of an account that goes on keeps its name, and neither the mail nor the words of an erased member', () => {
  const { state } = withMember().account;
  const buyer = {
    name: 'Byron Ltd',
    addressLines: ['c/o Ada Byron', 'Ockham'],
    taxId: 'GB1',
    email: 'ada@byron.test',
  };
  const billed = { ...state, billing: { ...state.billing, buyer } };
  const erase = (...texts: string[]) => eraseInState(eraserOf(order({ texts })), billed).billing.buyer;
  expect(erase('Ada Byron', 'ada@byron.test')).toEqual({
    ...buyer,
    addressLines: ['c/o erased-1', 'Ockham'],
    email: null,
  });
  expect(erase('Eve')).toEqual(buyer);
});

it('L367: an account takes nothing from the order on, nothing falls due in it, and it keeps its figures under a pseudonym', () => {
  const { account } = withMember();
  account.decide(({ state }) => ({
    outcome: null,
    state: decideEraseAccount(state, wholeAccount),
    facts: noFacts,
  }));
  const marked = account.state;
  expect(nextDueAtMs(marked)).toBeGreaterThan(at('9999-01-01T00:00:00Z'));
  account.moveTo('2027-06-01T00:00:00Z');
  expect(account.state).toBe(marked);
  const after = eraseAccount(eraserOf(wholeAccount), marked, account.nowMs);
  expect(after).toMatchObject({
    erasedAtMs: account.nowMs,
    profile: { id: 'erased-account', name: 'erased-account', autoTopUp: null, paymentMethod: null },
    billing: { buyer: null },
  });
  expect(after.erasing).toBeUndefined();
  expect([after.wallet.nextSeq, after.usage.counters]).toEqual([
    marked.wallet.nextSeq,
    marked.usage.counters,
  ]);
  expect(nextDueAtMs(after)).toBe(nextDueAtMs(marked));
  expect(Object.keys(after.allocations)).toEqual(['erased-8-3']);
});

it('L367: an account with a charge under way is not erased', () => {
  const { state } = withMember().account;
  const topUp = { ...state.topUp, inFlightPurchaseId: 'purchase-1' };
  expect(() => decideEraseAccount({ ...state, topUp }, wholeAccount)).toThrow(
    /charge of the account is under way/,
  );
});

it('L368: an invoice stays as it was issued and says so, unless it may go', () => {
  const buyer = { name: 'Ada Byron', addressLines: ['Ockham'], taxId: null, email: null };
  const invoice = { id: 'invoice-1', accountId: 'acme', buyer, note: 'For Ada', total: 5n } as InvoiceRecord;
  expect(eraseInvoice(eraserOf(order()), invoice)).toBe(invoice);
  expect(eraseInvoice(eraserOf(wholeAccount), invoice)).toEqual({
    ...invoice,
    accountId: 'erased-account',
    keepsName: true,
  });
  expect(eraseInvoice(eraserOf({ ...wholeAccount, withInvoices: true }), invoice)).toEqual({
    ...invoice,
    accountId: 'erased-account',
    buyer: { name: 'erased-account', addressLines: [], taxId: null, email: null },
    note: 'Erased',
  });
});

it('L364: a field that no erasure was told of does not compile', () => {
  type Known = { readonly id: string; readonly role: string; readonly phone?: string };
  // @ts-expect-error The rules say nothing of the phone, which is optional.
  const rules: FieldRules<Known, 'role'> = { id: () => 'erased-1' };
  expect(Object.keys(rules)).toEqual(['id']);
});

it('L364: a field that no erasure was told of goes with a member who is removed', () => {
  const { account, ada } = withMember();
  const withPhone = { ...ada, phone: '+44 20 7946 0958' };
  const removed = account.decide((context) => decideRemoveMember(context, withPhone, 'Former member 1'));
  expect(removed).not.toHaveProperty('phone');
});

it('L364, L366: an answer that is kept loses the name in whatever words it has', () => {
  const eraser = eraserOf(order({ texts: ['ada', 'Ada Byron', 'ada@byron.test'] }));
  const kept = {
    memberId: 'eve',
    agentId: 'ada',
    metric: 'ada',
    unit: 'ada',
    status: 'done',
    used: '1',
    id: 'grant-1',
  };
  const answer = {
    ...kept,
    alertEmail: 'ada@byron.test',
    memberName: 'Ada Byron',
    buyer: { name: 'Byron Ltd', addressLines: ['c/o Ada Byron', 'Ockham'] },
    phoneOfAda: 'ask Ada Byron',
    member: { id: 'ada', role: 'member' },
  };
  expect(JSON.parse(eraseAnswer(eraser, JSON.stringify(answer)))).toEqual({
    ...kept,
    alertEmail: 'erased-1',
    memberName: 'erased-1',
    buyer: { name: 'Byron Ltd', addressLines: ['c/o erased-1', 'Ockham'] },
    phoneOfAda: 'ask erased-1',
    member: { id: 'erased-1', role: 'member' },
  });
});

it('L366: what a mail server said of an address, and a payment provider of a person, loses the name', () => {
  const eraser = eraserOf(order({ texts: ['Ada Byron', 'ada@byron.test'] }));
  const delivery = {
    to: 'mail',
    status: 'dead',
    attempts: 1,
    nextAttemptAtMs: null,
    lastAttemptAtMs: 0,
  } as const;
  const { deliveries } = eraseNotice(eraser, {
    id: 'notice-1',
    accountId: 'acme',
    atMs: 0,
    createdAtMs: 0,
    subject: { type: 'credits.out', unit: 'credits', available: 0n },
    mailTo: null,
    deliveries: [{ ...delivery, lastFailure: '550 ada@byron.test: no such user' }],
    dueAtMs: null,
  });
  expect(deliveries?.[0]?.lastFailure).toBe('550 erased-1: no such user');
  const failure = 'Ada Byron has to call the bank';
  for (const erase of [eraseCharge, erasePurchase])
    expect(erase(eraser, { id: 'charge-1', refunds: [], failure } as never).failure).toBe(
      'erased-1 has to call the bank',
    );
});

function bigints(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? value.toString() : value;
}
