import { expect, it } from 'vitest';
import type { CatalogConfig } from '../../../server/src/contract/catalog.ts';
import type { KeyRecord } from '../../../server/src/store/store.ts';
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

  it('makes a secret once, and every later caller gets the same', async () => {
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
  };
}

/** Two catalogs that differ in one place. */
function catalog(name: string): CatalogConfig {
  return { ...smallCatalogConfig, creditLabel: { one: name, other: name } };
}
