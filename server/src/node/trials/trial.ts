import { type App, createApp } from '../../app/create-app.ts';
import type { Account } from '../../contract/accounts/account.ts';
import type { CatalogConfig } from '../../contract/catalog/catalog.ts';
import type { LedgerEntry } from '../../contract/credits/credits.ts';
import type { Dimensions, Item } from '../../contract/gate/gate.ts';
import { refusals } from '../../contract/http/errors.ts';
import type { Page } from '../../contract/http/page.ts';
import { paths } from '../../contract/http/paths.ts';
import type { Invoice, UpcomingInvoice } from '../../contract/invoices/invoices.ts';
import { formatAmount, type Micros, parseAmount } from '../../domain/amounts/amounts.ts';
import { createMemoryStore } from '../../store/memory/memory-store.ts';
import { newId } from '../server/new-id.ts';
import { type AccountSettings, callsOf } from './account-settings.ts';
import type { Period } from './period.ts';

const key = 'sk_test_of-a-trial';
/** Accounts that one server in memory lives through before another takes its place. */
const accountsAServer = 50;

/** The account's history, in the order of time. */
export type Step =
  | {
      readonly kind: 'use';
      readonly atMs: number;
      readonly items: Item[];
      readonly about: Dimensions;
      readonly isEvent: boolean;
      /** Models of the items, by whether the account paid their provider by its own key. */
      readonly byOwnKey: ReadonlyMap<string, boolean>;
    }
  | { readonly kind: 'grant'; readonly atMs: number; readonly amount: string };

/** The result of a period under one catalog. */
export interface Lived {
  /** Charged to the balance or owed. */
  charged: string;
  /** The amount invoiced in the period, plus use beyond allowances that is not invoiced yet. */
  invoiced: string;
  /** By the plan. */
  granted: string;
  refused: number;
  /** Uses of what the catalog does not have. */
  unsold: number;
  /** The account's settings and purchases that the catalog does not take. */
  left: string[];
}

/** An account, what it has set and bought, and the time that is lived through before what is counted. */
export interface Life {
  readonly account: Account;
  readonly settings: AccountSettings;
  /** Where its history begins: with the cycle in which the period begins, so that its allowances are used as far as they were. */
  readonly beganMs: number;
  readonly period: Period;
}

/**
 * Lives through accounts' histories under one catalog: on the real server, with a store in memory and a clock that follows the
 * history. What it decides is what the server would have decided.
 */
export class Trial {
  readonly #catalog: CatalogConfig;
  #nowMs = 0;
  readonly #ownKeys = new Set<string>();
  #app: App | undefined;
  #accounts = 0;
  #requests = 0;

  constructor(catalog: CatalogConfig) {
    this.#catalog = catalog;
  }

  async live({ account, settings, beganMs, period }: Life, steps: AsyncIterable<Step>): Promise<Lived> {
    const { fromMs, toMs } = period;
    if (this.#accounts++ % accountsAServer === 0) await this.#renew(beganMs);
    this.#nowMs = beganMs;
    await this.#ask('PUT', paths.account(account.id), {
      kind: account.kind,
      timeZone: account.timeZone,
      currency: account.currency,
      planId: this.#planOf(account.planId),
      startedAt: account.anchorAt,
      trial: false,
    });
    const left = await this.#putSettings(account.id, settings);
    this.#ownKeys.clear();
    const came = { refused: 0, unsold: 0 };
    // Uses of the cycle from before the period are left out of the result.
    const before = { refused: 0, unsold: 0 };
    for await (const step of steps) {
      this.#nowMs = Math.max(this.#nowMs, step.atMs);
      if (step.kind === 'grant') {
        const body = { amount: step.amount, unit: 'credits', source: 'purchase' };
        await this.#ask('POST', paths.grants(account.id), body);
      } else await this.#use(account.id, step, step.atMs < fromMs ? before : came);
    }
    this.#nowMs = toMs - 1;
    return { ...came, left, ...(await this.#sumUp(account.id, { fromMs, toMs })) };
  }

  async close(): Promise<void> {
    await this.#app?.close();
  }

  async #use(
    accountId: string,
    step: Extract<Step, { kind: 'use' }>,
    came: { refused: number; unsold: number },
  ) {
    const { items, about: dimensions, isEvent } = step;
    await this.#putOwnKeys(accountId, step.byOwnKey);
    if (isEvent) {
      const event = { id: `e${this.#requests}`, accountId, items, ...dimensions };
      const answered = await this.#send('POST', paths.events, { events: [event] });
      const { rejected } = (await answered.json()) as { rejected?: unknown[] };
      if (!answered.ok || (rejected?.length ?? 0) > 0) came.unsold += 1;
      return;
    }
    const answered = await this.#send('POST', paths.consume, { accountId, items, ...dimensions });
    const { code = '' } = (await answered.json()) as { code?: string };
    if (answered.ok) return;
    if (Object.hasOwn(refusals, code)) came.refused += 1;
    else came.unsold += 1;
  }

  /** Gives the names of what the catalog does not take. */
  async #putSettings(accountId: string, settings: AccountSettings): Promise<string[]> {
    const left: string[] = [];
    for (const { name, path, body } of callsOf(accountId, settings, this.#catalog))
      if (!(await this.#send('PUT', path, body)).ok) left.push(name);
    return left;
  }

  /** A use was paid by the account's own key or was not, whatever keys the account has now. */
  async #putOwnKeys(accountId: string, byOwnKey: ReadonlyMap<string, boolean>): Promise<void> {
    for (const [model, isOwn] of byOwnKey) {
      const provider = this.#providerOf(model);
      if (provider === undefined || this.#ownKeys.has(provider) === isOwn) continue;
      const path = `${paths.account(accountId)}/own-keys/${encodeURIComponent(provider)}`;
      if (isOwn) {
        await this.#ask('PUT', path, { label: provider, lastFour: '0000' });
        this.#ownKeys.add(provider);
      } else {
        await this.#send('DELETE', path);
        this.#ownKeys.delete(provider);
      }
    }
  }

  #providerOf(model: string): string | undefined {
    const { models = [] } = this.#catalog;
    return models.find(({ id, aliases = [] }) => id === model || aliases.includes(model))?.provider;
  }

  /** From what stands in the ledger and on invoices, as anybody could read it. */
  async #sumUp(
    accountId: string,
    { fromMs, toMs }: Period,
  ): Promise<Omit<Lived, 'refused' | 'unsold' | 'left'>> {
    let charged: Micros = 0n;
    let granted: Micros = 0n;
    const isWithin = (at: string | null) => at !== null && Date.parse(at) >= fromMs && Date.parse(at) < toMs;
    for await (const { kind, amount, effectiveAt, id } of this.#each<LedgerEntry>(paths.ledger(accountId))) {
      if (!isWithin(effectiveAt)) continue;
      if (kind === 'debit' || kind === 'debt') charged -= parseAmount(amount);
      if (kind === 'grant' && isOfCatalog(id)) granted += parseAmount(amount);
    }
    let invoiced: Micros = 0n;
    for await (const { issuedAt, subtotal } of this.#each<Invoice>(paths.invoices(accountId)))
      if (isWithin(issuedAt)) invoiced += parseAmount(subtotal.amount);
    const { invoice } = await this.#ask<UpcomingInvoice>('GET', paths.upcomingInvoice(accountId));
    for (const { kind, amount } of invoice.lines)
      if (kind === 'overage' || kind === 'additional_use' || kind === 'late_usage')
        invoiced += parseAmount(amount.amount);
    return {
      charged: formatAmount(charged),
      granted: formatAmount(granted),
      invoiced: formatAmount(invoiced),
    };
  }

  async *#each<Item>(path: string): AsyncGenerator<Item> {
    let cursor: string | null = '';
    while (cursor !== null) {
      const after: string = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`;
      const page: Page<Item> = await this.#ask('GET', `${path}?limit=500${after}`);
      yield* page.items;
      cursor = page.nextCursor;
    }
  }

  /** A plan that another one takes the place of, or the default where it is gone. */
  #planOf(planId: string): string | undefined {
    const { plans, defaultPlanId } = this.#catalog;
    if (plans.some(({ id }) => id === planId)) return planId;
    return plans.find(({ replaces }) => replaces?.includes(planId))?.id ?? defaultPlanId ?? plans[0]?.id;
  }

  async #renew(nowMs: number): Promise<void> {
    await this.#app?.close();
    this.#nowMs = nowMs;
    this.#app = createApp({
      store: createMemoryStore(),
      clock: { nowMs: () => this.#nowMs },
      newId,
      catalog: this.#catalog,
      secretKeys: [key],
    });
    await this.#app.ready();
  }

  #send(method: string, path: string, body?: unknown): Promise<Response> {
    this.#requests += 1;
    if (this.#app === undefined) throw new Error('No server lives through this');
    return this.#app.fetch(
      new Request(`http://trial${path}`, {
        method,
        headers: {
          authorization: `Bearer ${key}`,
          'content-type': 'application/json',
          'idempotency-key': `t${this.#requests}`,
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
    );
  }

  async #ask<Answer>(method: string, path: string, body?: unknown): Promise<Answer> {
    const answered = await this.#send(method, path, body);
    const text = await answered.text();
    if (!answered.ok) throw new Error(`The trial could not go on: ${method} ${path} answered ${text}`);
    return JSON.parse(text) as Answer;
  }
}

/** Whether an entry adds what the catalog gives by itself, and nobody bought or gave. */
export function isOfCatalog(entryOrGrantId: string): boolean {
  return /^(plan|baseline)~/.test(entryOrGrantId) || entryOrGrantId === 'baseline';
}

/** The catalog with the last of every dated price, as it is once all of them hold. */
export function withLastPrices(config: CatalogConfig): CatalogConfig {
  const last = <Price extends { from?: string }>(prices: readonly Price[]): Price[] => {
    const sorted = [...prices].sort((a, b) => (a.from ?? '').localeCompare(b.from ?? ''));
    return sorted.slice(-1).map(({ from: _, ...price }) => price as Price);
  };
  const { models, tools, storage, metricRates } = config;
  return {
    ...config,
    ...(models && { models: models.map((model) => ({ ...model, prices: last(model.prices) })) }),
    ...(tools && { tools: tools.map((tool) => ({ ...tool, prices: last(tool.prices) })) }),
    ...(storage && { storage: storage.map((kind) => ({ ...kind, prices: last(kind.prices) })) }),
    ...(metricRates && { metricRates: metricRates.map((rate) => ({ ...rate, prices: last(rate.prices) })) }),
  };
}
