import type { CatalogConfig } from '../../contract/catalog/catalog.ts';
import { mistakeLine } from '../../contract/http/mistake-words.ts';
import { compileCatalog } from '../../domain/catalog/catalog.ts';
import type { Catalog, CatalogMistake, Plan, TaxFor } from '../../domain/catalog/catalog-types.ts';
import { type SoldSoFar, unitOf } from '../../domain/catalog/retired.ts';
import { translatedConfig, translationFor } from '../../domain/catalog/translations.ts';
import type { AccountState } from '../../domain/state.ts';
import type { Slicing } from '../../store/in-slices.ts';
import type { CatalogRecord } from '../../store/installation-records.ts';
import type { Store } from '../../store/store.ts';
import { StoredFormatError } from '../../store/store-errors.ts';
import type { Clock, Log } from '../app-options.ts';
import { AppError } from '../http/reply/problem.ts';

const versionsKeptMax = 1_000;
/** Versions before one that is not accepted which a start looks through for one that is. */
const versionsTriedMax = 50;

/** A catalog is wrong; `mistakes` tells each, with its place. */
export class CatalogError extends Error {
  override readonly name = 'CatalogError';
  readonly mistakes: readonly CatalogMistake[];

  constructor(mistakes: readonly CatalogMistake[]) {
    const lines = mistakes.map((mistake) => `  ${mistakeLine(mistake)}`);
    super(`Mistakes in the catalog (${mistakes.length}):\n${lines.join('\n')}`);
    this.mistakes = mistakes;
  }
}

/** A version of the catalog has to be read before the decision can be made; `load` reads it. */
export class CatalogNotLoadedError extends Error {
  override readonly name = 'CatalogNotLoadedError';
  readonly version: number;

  constructor(version: number) {
    super(`Version ${version} of the catalog is not loaded`);
    this.version = version;
  }
}

/**
 * The compiled versions of the catalog. Labels, metrics, rate card and views come from the latest version. A subscription keeps
 * the plan of the version that it started with until it is moved.
 */
export class Catalogs {
  readonly #store: Store;
  readonly #taxFor: TaxFor | null;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #compiled = new Map<number, Catalog>();
  readonly #merged = new Map<string, Catalog>();
  /** By the catalog that was translated, and the tag of the translation. */
  #translated = new WeakMap<Catalog, Map<string, Catalog>>();
  #latest: Catalog | undefined;
  /** The latest stored version, where this version of the server does not accept it. */
  #refused: number | undefined;
  /** Stored versions that cannot be read or are not accepted; the latest holds in their place. */
  readonly #unused = new Set<number>();

  constructor(store: Store, clock: Clock, log: Log, taxFor: TaxFor | null = null) {
    this.#taxFor = taxFor;
    this.#store = store;
    this.#clock = clock;
    this.#log = log;
  }

  /** The latest version. @throws AppError `unavailable` while there is none. */
  get latest(): Catalog {
    if (this.#latest === undefined)
      throw new AppError('unavailable', 'The server has no catalog yet: send one with PUT /v1/catalog');
    return this.#latest;
  }

  /** The latest stored version, where it has mistakes for this version of the server. */
  get refusedVersion(): number | undefined {
    return this.#refused;
  }

  /** Stored versions that were met and cannot be used, the latest among them. */
  get unusedVersions(): readonly number[] {
    return [...this.#unused].sort((one, other) => one - other);
  }

  get hasOne(): boolean {
    return this.#latest !== undefined;
  }

  /**
   * Checks a configuration and makes it the latest version; the same as the latest adds none.
   * @param nextTurn Lets others have their turn: to compile, to read and to write hundreds of models takes milliseconds each.
   * @throws CatalogError that tells every mistake.
   */
  async put(config: CatalogConfig, { nextTurn }: Pick<Slicing, 'nextTurn'>): Promise<Catalog> {
    await nextTurn();
    this.#compile({ config, retired: {} }, 0);
    await nextTurn();
    const last = (await this.#store.readCatalog())?.config;
    await nextTurn();
    if (last !== undefined) {
      await this.#assertUnit(config, last);
      await this.#assertPlans(config, last);
    }
    const record = await this.#store.putCatalog(config, this.#clock.nowMs());
    await nextTurn();
    return this.#keep(record);
  }

  /**
   * Whatever is left, held or owed in a unit was priced in it, and can be neither paid nor spent in another one.
   * @throws CatalogError where a change of unit would leave something behind.
   */
  async #assertUnit(config: CatalogConfig, last: CatalogConfig): Promise<void> {
    const unit = unitOf(last);
    if (unit === unitOf(config)) return;
    const count = await countHoldersOf(this.#store, unit);
    if (count === 0) return;
    const detail = `${count} accounts have, hold or owe amounts in ${unit}, in which everything is priced`;
    throw new CatalogError([{ pointer: '/pricedIn', detail, accepted: `prices in ${unit}` }]);
  }

  /**
   * A plan that accounts are on can be left out only where another one names it as the plan whose place it takes.
   * @throws CatalogError that tells how many there are.
   */
  async #assertPlans(config: CatalogConfig, last: CatalogConfig): Promise<void> {
    const known = new Set(config.plans.flatMap(({ id, replaces = [] }) => [id, ...replaces]));
    const dropped = last.plans.map(({ id }) => id).filter((id) => !known.has(id));
    if (dropped.length === 0) return;
    const counts = await countByPlan(this.#store, new Set(dropped));
    const mistakes = [...counts].map(([id, count]) => ({
      pointer: '/plans',
      detail: `${count} accounts are on the plan '${id}', which is left out`,
      accepted: `the plan '${id}', or a plan with '${id}' in its replaces`,
    }));
    if (mistakes.length > 0) throw new CatalogError(mistakes);
  }

  /**
   * Takes up a version that another process has put. One that cannot be read or is not accepted, as an older version of the server
   * may have, stops neither a start nor what goes on: the one before it holds, and it is told.
   */
  async refresh(): Promise<void> {
    const record = await this.#store.readCatalog();
    if (record === undefined) return;
    const newest = record.passedOver?.version ?? record.version;
    if (newest === (this.#refused ?? this.#latest?.version)) return;
    const told = { catalogVersion: newest };
    try {
      this.#keep(record);
      if (record.passedOver === undefined) return;
      this.#log.error(
        { ...told, reason: record.passedOver.reason },
        'The stored catalog cannot be read and is not used',
      );
    } catch (error) {
      if (!(error instanceof CatalogError)) throw error;
      this.#log.error({ ...told, err: error }, 'The stored catalog has mistakes and is not used');
      if (this.#latest === undefined) await this.#keepBefore(record.version);
    }
    this.#refused = newest;
    this.#unused.add(newest);
  }

  /** At a start: the newest one before a version that is not accepted. Nothing is used where there is none. */
  async #keepBefore(version: number): Promise<void> {
    for (let before = version - 1; before > Math.max(0, version - 1 - versionsTriedMax); before--) {
      try {
        const record = await this.#store.readCatalog(before);
        if (record === undefined) continue;
        this.#keep(record);
        return;
      } catch (error) {
        if (!(error instanceof CatalogError || error instanceof StoredFormatError)) throw error;
      }
    }
  }

  /** Reads one version, for a decision that needs it. One that cannot be used is told, and the latest holds in its place. */
  async load(version: number): Promise<void> {
    if (version > (this.#latest?.version ?? 0)) return this.refresh();
    try {
      const record = await this.#store.readCatalog(version);
      if (record === undefined) throw new Error(`The store has no version ${version} of the catalog`);
      this.#compiled.set(version, this.#compile(record, version));
    } catch (error) {
      if (!(error instanceof CatalogError || error instanceof StoredFormatError)) throw error;
      this.#unused.add(version);
      this.#log.error(
        { err: error, catalogVersion: version },
        'A version of the catalog that accounts are on cannot be used; their plans are those of the latest',
      );
    }
  }

  /**
   * One version as the latest, in a language where it is told one and the version has it.
   * @throws CatalogNotLoadedError where it has to be loaded first.
   */
  at(version: number, language: string | null = null): Catalog {
    const { latest } = this;
    // A store without versions has none to be asked for, and one that is not accepted is not used.
    if (version === latest.version || version === 0 || this.#unused.has(version))
      return this.#in(latest, language);
    return this.#version(version, language);
  }

  /**
   * The catalog as it holds for an account: the latest, with the account's own plan and the one that it changes to as they
   * were when they were chosen.
   * @throws CatalogNotLoadedError where a version has to be loaded first.
   */
  of(
    { profile, subscription }: Pick<AccountState, 'profile' | 'subscription'>,
    latestVersion = this.latest.version,
    language: string | null = null,
  ): Catalog {
    const { scheduled, status } = subscription;
    const latest = this.at(latestVersion, language);
    // Nearly every account has its plan as it is now, and every decision asks.
    if (scheduled === null && profile.catalogVersion === latest.version) return latest;
    const own = status === 'cancelled' ? [] : [{ id: profile.planId, version: profile.catalogVersion }];
    const all =
      scheduled === null || scheduled.planId === null
        ? own
        : [{ id: scheduled.planId, version: scheduled.catalogVersion }, ...own];
    // A plan of a version that is not used is the one of that name in the latest that is.
    const chosen = all.filter(({ version }) => !this.#unused.has(version));
    if (chosen.every(({ version }) => version === latest.version)) return latest;
    const tag = language === null ? '' : (translationFor(this.latest.config, language)?.tag ?? '');
    const key = [tag, latest.version, ...chosen.map(({ id, version }) => `${version} ${id}`)].join(' ');
    const kept = this.#merged.get(key);
    if (kept !== undefined) return kept;
    const older = new Map<string, Plan>();
    for (const { id, version } of chosen) {
      const plan = version === latest.version ? undefined : this.#version(version, language).plans.get(id);
      if (plan !== undefined) older.set(`${version} ${id}`, withKnownMetrics(latest, plan));
    }
    const mine = older.get(`${profile.catalogVersion} ${profile.planId}`);
    const plans = mine === undefined ? latest.plans : new Map(latest.plans).set(mine.id, mine);
    const merged: Catalog = { ...latest, plans, latest, older };
    if (this.#merged.size >= versionsKeptMax) this.#merged.clear();
    this.#merged.set(key, merged);
    return merged;
  }

  #version(version: number, language: string | null): Catalog {
    const compiled = this.#compiled.get(version);
    if (compiled === undefined) throw new CatalogNotLoadedError(version);
    return this.#in(compiled, language);
  }

  /**
   * A catalog in a language, compiled when it is first asked for; as it is where there is no translation for it. Translations are those
   * of the latest version, so that they also hold for plans that were sold before they were made.
   */
  #in(catalog: Catalog, language: string | null): Catalog {
    if (language === null) return catalog;
    const { config } = catalog;
    const found = translationFor(this.latest.config, language);
    if (found === undefined) return catalog;
    const byTag = this.#translated.get(catalog) ?? new Map<string, Catalog>();
    this.#translated.set(catalog, byTag);
    const known = byTag.get(found.tag);
    if (known !== undefined) return known;
    const { translation } = found;
    const compiled = this.#compile(
      { config: translatedConfig(config, translation), retired: {} },
      catalog.version,
    );
    const translated: Catalog = { ...compiled, config, translation, retired: catalog.retired };
    byTag.set(found.tag, translated);
    return translated;
  }

  /** A compiled catalog with the host's own taxes. */
  #compile(sold: SoldSoFar, version: number): Catalog {
    const catalog = compileOrThrow(sold, version);
    return { ...catalog, billing: { ...catalog.billing, taxFor: this.#taxFor } };
  }

  #keep(record: CatalogRecord): Catalog {
    const { version } = record;
    const catalog = this.#compile(record, version);
    this.#refused = undefined;
    this.#compiled.set(version, catalog);
    if (this.#latest === undefined || version >= this.#latest.version) this.#latest = catalog;
    this.#merged.clear();
    this.#translated = new WeakMap();
    return catalog;
  }
}

/** A metric that is gone from the catalog can no longer be used, so its limit says nothing any more. */
function withKnownMetrics(latest: Catalog, plan: Plan): Plan {
  return { ...plan, limits: new Map([...plan.limits].filter(([metric]) => latest.metrics.has(metric))) };
}

function compileOrThrow({ config, retired }: SoldSoFar, version: number): Catalog {
  const compiled = compileCatalog(config, version, retired);
  if (compiled.outcome === 'refused') throw new CatalogError(compiled.mistakes);
  return compiled.catalog;
}

const accountsAtOnce = 500;

/** Accounts with something left, held or owed in a unit. They are looked through in slices; it is asked once in a product's life. */
async function countHoldersOf(store: Store, unit: string): Promise<number> {
  let count = 0;
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<Store['listAccounts']>> = await store.listAccounts({
      limit: accountsAtOnce,
      ...(cursor === null ? {} : { cursor }),
    });
    for (const { wallet, holds } of page.items) {
      const isLeft =
        wallet.grants.some((grant) => grant.unit === unit) ||
        (wallet.debts[unit] ?? 0n) !== 0n ||
        holds.some((hold) => hold.unit === unit);
      if (isLeft) count += 1;
    }
    cursor = page.nextCursor;
  } while (cursor !== null);
  return count;
}

/** The number of accounts on each plan; plans without accounts are left out. */
async function countByPlan(store: Store, planIds: ReadonlySet<string>): Promise<ReadonlyMap<string, number>> {
  const counts = new Map<string, number>();
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<Store['listAccounts']>> = await store.listAccounts({
      limit: accountsAtOnce,
      ...(cursor === null ? {} : { cursor }),
    });
    for (const { profile } of page.items)
      if (planIds.has(profile.planId)) counts.set(profile.planId, (counts.get(profile.planId) ?? 0) + 1);
    cursor = page.nextCursor;
  } while (cursor !== null);
  return counts;
}
