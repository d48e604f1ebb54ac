import { expect, it } from 'vitest';
import type { CatalogConfig } from '../../../server/src/contract/catalog/catalog.ts';
import { auditIdPrefix } from '../../../server/src/domain/ids/audit-id.ts';
import type {
  AuditRecord,
  KeyRecord,
  PairingRecord,
} from '../../../server/src/store/installation-records.ts';
import { smallCatalogConfig } from '../../support/small-catalog.ts';
import { nowMs } from '../account-samples.ts';
import { freshStore, pagesOf, restarted, type StoreHarness } from './harness.ts';

export function installationGuarantees(harness: StoreHarness): void {
  it('keeps keys until they are deleted, found by id and by hash', async () => {
    const first = await freshStore(harness);
    for (const id of ['k-2', 'k-1', 'k-3']) await first.putKey(key(id));
    const store = await restarted(harness, first);
    expect(await store.readKey('k-2')).toEqual(key('k-2'));
    expect(await store.findKeyByHash(key('k-3').secretHash)).toEqual(key('k-3'));
    expect(
      (await pagesOf((page) => store.listKeys(page), 2)).map((page) => page.map(({ id }) => id)),
    ).toEqual([['k-1', 'k-2'], ['k-3']]);
    expect(await store.deleteKey('k-2')).toBe(true);
    expect(await store.deleteKey('k-2')).toBe(false);
    expect(await store.readKey('k-2')).toBeUndefined();
    expect(await store.findKeyByHash(key('k-2').secretHash)).toBeUndefined();
  });

  it('puts a key in the place of the one with the same id', async () => {
    const store = await freshStore(harness);
    await store.putKey(key('k-1'));
    const renewed = { ...key('k-1'), secretHash: 'cd'.repeat(32), expiresAtMs: nowMs };
    await store.putKey(renewed);
    expect(await store.readKey('k-1')).toEqual(renewed);
    expect(await store.findKeyByHash(key('k-1').secretHash)).toBeUndefined();
  });

  it('lists the keys of one account, of all its members or of one', async () => {
    const first = await freshStore(harness);
    const of = (id: string, accountId: string | null, memberId: string | null) =>
      first.putKey({ ...key(id), accountId, memberId });
    await of('k-1', null, null);
    await of('k-3', 'acme', 'ada');
    await of('k-2', 'acme', 'bob');
    await of('k-4', 'acme', 'ada');
    await of('k-5', 'beta', 'ada');
    const store = await restarted(harness, first);
    const ids = async (memberId: string | null) =>
      (await pagesOf((page) => store.listAccountKeys({ accountId: 'acme', memberId }, page), 2)).map((page) =>
        page.map(({ id }) => id),
      );
    expect(await ids(null)).toEqual([['k-2', 'k-3'], ['k-4']]);
    expect(await ids('ada')).toEqual([['k-3', 'k-4']]);
    expect(await ids('eve')).toEqual([[]]);
  });

  it('changes a pairing only where nobody else did meanwhile, and finds it by each of its codes', async () => {
    const first = await freshStore(harness);
    expect(await first.putPairing(pairing('p-1'))).toBe(true);
    expect(await first.putPairing(pairing('p-1'))).toBe(false);
    expect(await first.putPairing({ ...pairing('p-2'), userCode: pairing('p-1').userCode })).toBe(false);
    const polled = { ...pairing('p-1'), polledAtMs: nowMs, revision: 2 };
    const written = await Promise.all([first.putPairing(polled), first.putPairing(polled)]);
    expect(written.sort()).toEqual([false, true]);
    const store = await restarted(harness, first);
    expect(await store.findPairing({ userCode: polled.userCode })).toEqual(polled);
    expect(await store.findPairing({ deviceCodeHash: polled.deviceCodeHash })).toEqual(polled);
    expect(await store.findPairing({ userCode: 'NONE' })).toBeUndefined();
    const taken = await Promise.all(['a', 'b', 'c'].map(() => store.deletePairing('p-1')));
    expect(taken.filter(Boolean)).toHaveLength(1);
    expect(await store.findPairing({ userCode: polled.userCode })).toBeUndefined();
  });

  it('forgets pairings whose time is over', async () => {
    const store = await freshStore(harness);
    await store.putPairing(pairing('p-1'));
    await store.putPairing({ ...pairing('p-2'), expiresAtMs: nowMs + 5 });
    expect(await store.forgetOld('pairings', nowMs + 5, 10)).toBe(1);
    expect(await store.hasOlder('pairings', nowMs + 5)).toBe(false);
    expect(await store.hasOlder('pairings', nowMs + 6)).toBe(true);
    expect(await store.findPairing({ userCode: pairing('p-1').userCode })).toBeUndefined();
    expect(await store.findPairing({ userCode: pairing('p-2').userCode })).toBeDefined();
  });

  it('counts catalogs in versions, and the same catalog again is no new one', async () => {
    const first = await freshStore(harness);
    expect(await first.readCatalog()).toBeUndefined();
    const one = catalog('One');
    expect(await first.putCatalog(one, nowMs)).toEqual({
      version: 1,
      config: one,
      retired: {},
      createdAtMs: nowMs,
    });
    const reordered = Object.fromEntries(Object.entries(one).reverse()) as unknown as CatalogConfig;
    expect((await first.putCatalog(reordered, nowMs + 1)).version).toBe(1);
    expect((await first.putCatalog(catalog('Two'), nowMs + 2)).version).toBe(2);
    const store = await restarted(harness, first);
    expect((await store.putCatalog(one, nowMs + 3)).version).toBe(3);
    expect((await store.readCatalog())?.version).toBe(3);
    expect(await store.readCatalog(2)).toEqual({
      version: 2,
      config: catalog('Two'),
      retired: {},
      createdAtMs: nowMs + 2,
    });
    expect(await store.readCatalog(4)).toBeUndefined();
  });

  it('keeps with each version of the catalog what those before it sold and it does not', async () => {
    const first = await freshStore(harness);
    const full = catalog('Full');
    const [metric, ...others] = full.metrics;
    await first.putCatalog(full, nowMs);
    await first.putCatalog({ ...full, metrics: others }, nowMs + 1);
    await first.putCatalog({ ...full, metrics: others, currency: 'EUR' }, nowMs + 2);
    const store = await restarted(harness, first);
    expect((await store.readCatalog())?.retired).toEqual({ metrics: [metric] });
    await store.putCatalog(full, nowMs + 3);
    expect((await store.readCatalog())?.retired).toEqual({});
  });

  it('keeps test clocks', async () => {
    const first = await freshStore(harness);
    await first.putClock({ id: 'c', nowMs });
    await first.putClock({ id: 'c', nowMs: nowMs + 5 });
    const store = await restarted(harness, first);
    expect(await store.readClock('c')).toEqual({ id: 'c', nowMs: nowMs + 5 });
    expect(await store.readClock('d')).toBeUndefined();
  });

  it('puts a secret in the place of another, and tells that what was known of keys may be over', async () => {
    const store = await freshStore(harness);
    const told: (string | null)[] = [];
    store.subscribeToRevocations((keyId) => told.push(keyId));
    expect(await store.readSecret('tokens', () => 'first')).toBe('first');
    await store.putSecret('tokens', 'second');
    expect(await store.readSecret('tokens', () => 'third')).toBe('second');
    expect(told).toEqual([null]);
  });

  it('lists audit records newest first, each as it was put last, also after it was opened again', async () => {
    const before = await freshStore(harness);
    const record = (id: string, outcome: AuditRecord['outcome']): AuditRecord => ({
      id,
      atMs: nowMs,
      actor: { kind: 'secret_key', keyId: null, name: 'sk_test_abcd' },
      action: 'POST /v1/keys',
      accountId: null,
      details: { label: 'billing' },
      requestId: 'r-1',
      address: '127.0.0.1',
      outcome,
    });
    for (const id of ['0001', '0003', '0002']) await before.putAudit(record(id, 'begun'));
    await before.putAudit(record('0002', 'done'));
    const store = await restarted(harness, before);
    expect((await store.readAudit('0002'))?.outcome).toBe('done');
    expect(await store.readAudit('0004')).toBeUndefined();
    const first = await store.listAudit({ limit: 2 });
    expect(first.items).toEqual([record('0003', 'begun'), record('0002', 'done')]);
    const rest = await store.listAudit({ limit: 2, cursor: first.nextCursor ?? '' });
    expect(rest).toEqual({ items: [record('0001', 'begun')], nextCursor: null });
  });

  it('forgets audit records that are old enough, oldest first and no more than asked', async () => {
    const store = await freshStore(harness);
    const record = (atMs: number, id = ''): AuditRecord => ({
      id: `${auditIdPrefix(atMs)}-${id}`,
      atMs,
      actor: { kind: 'secret_key', keyId: null, name: 'sk_test_abcd' },
      action: 'POST /v1/keys',
      accountId: null,
      details: {},
      requestId: null,
      address: null,
      outcome: 'done',
    });
    const [first, second, third, fourth] = [
      record(5),
      record(nowMs, 'a'),
      record(nowMs, 'b'),
      record(nowMs + 1),
    ];
    for (const each of [third, first, fourth, second]) await store.putAudit(each);
    const kept = async () => (await store.listAudit({ limit: 10 })).items;
    expect(await store.hasOlder('audit', 5)).toBe(false);
    expect(await store.hasOlder('audit', nowMs)).toBe(true);
    expect(await store.forgetOld('audit', nowMs + 1, 2)).toBe(2);
    expect(await kept()).toEqual([fourth, third]);
    expect(await store.forgetOld('audit', nowMs + 1, 2)).toBe(1);
    expect(await kept()).toEqual([fourth]);
    expect(await store.hasOlder('audit', nowMs + 1)).toBe(false);
  });

  it('forgets keys that ended long enough ago, and none that never ends', async () => {
    const first = await freshStore(harness);
    const ending = (id: string, expiresAtMs: number | null) => first.putKey({ ...key(id), expiresAtMs });
    await ending('k-1', null);
    await ending('k-2', nowMs + 1);
    await ending('k-3', nowMs);
    await ending('k-4', nowMs - 1);
    await ending('k-5', null);
    await ending('k-5', nowMs - 2);
    const store = await restarted(harness, first);
    const kept = async () => (await store.listKeys({ limit: 10 })).items.map(({ id }) => id);
    expect(await store.forgetOld('keys', nowMs + 1, 2)).toBe(2);
    expect(await kept()).toEqual(['k-1', 'k-2', 'k-3']);
    expect(await store.forgetOld('keys', nowMs + 1, 2)).toBe(1);
    expect(await store.hasOlder('keys', nowMs + 1)).toBe(false);
    expect(await kept()).toEqual(['k-1', 'k-2']);
    expect(await store.findKeyByHash(key('k-3').secretHash)).toBeUndefined();
  });

  it('I15: makes a secret once, and every later caller gets the same', async () => {
    const first = await freshStore(harness);
    const made = await Promise.all(['x', 'y', 'z'].map((value) => first.readSecret('tokens', () => value)));
    expect(new Set(made).size).toBe(1);
    const store = await restarted(harness, first);
    expect(await store.readSecret('tokens', () => 'another')).toBe(made[0]);
    expect(await store.readSecret('webhooks', () => 'w')).toBe('w');
  });
}

function key(id: string): KeyRecord {
  return {
    id,
    kind: 'secret',
    label: 'Backend',
    prefix: 'sk_test_ab',
    secretHash: id.padEnd(64, '0'),
    accountId: null,
    memberId: null,
    createdAtMs: nowMs,
    expiresAtMs: null,
    narrowTo: null,
    origin: null,
    replaces: null,
    replacedBy: null,
  };
}

function pairing(id: string): PairingRecord {
  return {
    id,
    deviceCodeHash: id.padEnd(64, '0'),
    userCode: id.toUpperCase(),
    challenge: 'c'.repeat(43),
    browser: 'Chrome on Linux',
    origin: null,
    createdAtMs: nowMs,
    expiresAtMs: nowMs,
    intervalSeconds: 2,
    polledAtMs: null,
    decision: null,
    revision: 1,
  };
}

/** Two catalogs that differ in one place. */
function catalog(name: string): CatalogConfig {
  return { ...smallCatalogConfig, creditLabel: { one: name, other: name } };
}
