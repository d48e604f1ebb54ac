import type { App } from '@usagekit/server/app';
import {
  type ConsumeAnswer,
  type Credits,
  type EventsAnswer,
  type GrantAnswer,
  type HoldAnswer,
  headers,
  type Problem,
  paths,
  type TestClock,
  type Usage,
  type VoidAnswer,
} from '@usagekit/server/contract';
import { formatAmount, parseAmount } from '@usagekit/server/domain';
import { isCallOf } from '../support/is-call-of.ts';
import { one } from '../unit/domain/reference-model/model-use.ts';
import {
  type Command,
  callOf,
  eventOf,
  historyStart,
  holdIdOf,
  holdLifetimeMs,
  hourMs,
  runOnModel,
  toChange,
  toItem,
} from '../unit/domain/reference-model/random-commands.ts';
import { type ModelAnswer, ReferenceModel } from '../unit/domain/reference-model/reference-model.ts';

/** No route sets a limit of the account's own, so the model never meets one. */
const noOwnLimit = 10n ** 18n;
const allocation = 8n * one;

/** What is the same of an answer whether it comes over HTTP or from the model. */
type Compared = Partial<ModelAnswer> & { readonly outcome: string };

/** An account of the real app and the reference model of it, which are given the same commands. */
export class AccountOverHttp {
  readonly id: string;
  /** Another one after a restart. */
  app: App;
  readonly model = new ReferenceModel(Date.parse(historyStart), noOwnLimit, allocation);
  readonly #secretKey: string;
  #steps = 0;
  /** The command that is being sent, or none while the account is made. */
  #sending: Command['type'] | undefined;

  constructor(app: App, secretKey: string, id: string) {
    this.app = app;
    this.#secretKey = secretKey;
    this.id = id;
  }

  /** Makes the account, on a clock of its own, and the member whose workflows are allocated. */
  async create(): Promise<void> {
    const clock = { id: `${this.id}-clock`, now: historyStart };
    await this.#send<TestClock>('POST', paths.testClocks, clock, 201);
    await this.#send('PUT', paths.account(this.id), { testClockId: clock.id }, 201);
    const allocations = { workflows: formatAmount(allocation) };
    await this.#send('PUT', paths.member(this.id, 'ada'), { allocations }, 201);
  }

  /** What each of the two answers to the command. */
  async run(next: Command): Promise<{ account: Compared; model: Compared }> {
    this.#steps += 1;
    this.#sending = next.type;
    const { id, model } = this;
    const step = `${id}-${this.#steps}`;
    const use = (of: Extract<Command, { type: 'use' | 'hold' }>) => ({
      accountId: id,
      items: of.items.map(toItem),
      ...(of.memberId === undefined ? {} : { memberId: of.memberId }),
    });
    switch (next.type) {
      case 'use': {
        const answer = await this.#send<ConsumeAnswer | Problem>('POST', paths.consume, use(next));
        return { account: compared('allowed', answer), model: runOnModel(model, step, next) };
      }
      case 'hold': {
        const expiresAt = new Date(model.nowMs + holdLifetimeMs).toISOString();
        const body = { ...use(next), id: step, expiresAt };
        const answer = await this.#send<HoldAnswer | Problem>('POST', paths.holds, body);
        return { account: compared('held', answer), model: runOnModel(model, step, next) };
      }
      case 'settle':
      case 'release': {
        const holdId = holdIdOf(model, next);
        if (holdId === undefined) return { account: { outcome: 'none' }, model: { outcome: 'none' } };
        if (next.type === 'release') {
          const released = await this.#send<HoldAnswer>(
            'POST',
            paths.releaseHold(holdId),
            { accountId: id },
            200,
          );
          const { outcome } = runOnModel(model, step, next);
          return { account: { outcome: released.hold.status }, model: { outcome } };
        }
        const body = { accountId: id, items: next.items.map(toItem), final: next.final };
        const answer = await this.#send<HoldAnswer>('POST', paths.settleHold(holdId), body, 200);
        return { account: compared('settled', answer), model: runOnModel(model, step, next) };
      }
      case 'grant': {
        const body = {
          amount: formatAmount(next.amount),
          priority: next.priority,
          ...(next.kinds === null ? {} : { scope: { kinds: next.kinds } }),
          ...(next.days === null
            ? {}
            : { expiresAt: new Date(model.nowMs + next.days * 24 * hourMs).toISOString() }),
        };
        // The server names the grant, and by its name ties in the burn order are told.
        const { grant } = await this.#send<GrantAnswer>('POST', paths.grants(id), body, 201);
        return { account: { outcome: 'granted' }, model: runOnModel(model, grant.id, next) };
      }
      case 'price':
        throw new Error('The catalog is changed for all accounts at once');
      case 'adjust': {
        const body = { amount: formatAmount(next.amount), reason: 'A test' };
        await this.#send('POST', paths.adjustments(id), body, 201);
        // What is given is a grant whose id is the command's own; none is left of it where it paid what was owed.
        const { grants } = await this.#send<Credits>('GET', paths.credits(id), undefined, 200);
        const made = grants.find((grant) => !model.wallet.grants.some((known) => known.id === grant.id));
        const command = made?.id.replace(/~adjustment$/, '') ?? step;
        return { account: { outcome: 'adjusted' }, model: runOnModel(model, command, next) };
      }
      case 'event': {
        const changes = next.change === null ? [] : [toChange(next.change)];
        const items = [...next.items.map(toItem), ...changes];
        const { outcome } = runOnModel(model, step, next);
        const at = new Date(model.nowMs - next.hoursAgo * hourMs).toISOString();
        const event = { id: step, accountId: id, at, items };
        const answer = await this.#send<EventsAnswer>('POST', paths.events, { events: [event, event] }, 200);
        const taken = answer.accepted === 1 && answer.duplicates === 1 && answer.rejected.length === 0;
        return { account: { outcome: taken ? 'recorded' : JSON.stringify(answer) }, model: { outcome } };
      }
      case 'backfill': {
        const at = new Date(model.nowMs - next.hoursAgo * hourMs).toISOString();
        const event = { id: step, accountId: id, at, items: next.items.map(toItem), backfill: true };
        const answer = await this.#send<EventsAnswer>('POST', paths.events, { events: [event] }, 200);
        const { outcome } = runOnModel(model, step, next);
        return {
          account: { outcome: answer.accepted === 1 ? 'recorded' : JSON.stringify(answer) },
          model: { outcome },
        };
      }
      case 'void': {
        const event = eventOf(model, next);
        if (event === undefined) return { account: { outcome: 'none' }, model: { outcome: 'none' } };
        const body = { use: { eventId: event.id }, reason: 'Reported by mistake' };
        const answer = await this.#send<VoidAnswer | Problem>('POST', paths.voids(id), body);
        const outcome = 'code' in answer ? answer.code : 'taken_back';
        return { account: { outcome }, model: runOnModel(model, step, next) };
      }
      case 'wait': {
        const to = new Date(model.nowMs + next.hours * hourMs).toISOString();
        await this.#send('POST', paths.advanceTestClock(`${id}-clock`), { to }, 200);
        return { account: { outcome: 'waited' }, model: runOnModel(model, step, next) };
      }
    }
  }

  /** The balances that the account shows. */
  async balances(): Promise<Record<string, unknown>> {
    const credits = await this.#send<Credits>('GET', paths.credits(this.id), undefined, 200);
    const { windows } = await this.#send<Usage>('GET', paths.usage(this.id), undefined, 200);
    return {
      available: credits.available,
      held: credits.held,
      debt: credits.debt,
      // The key sees every amount.
      windows: windows.map(({ id, used, held }) => [
        id,
        formatAmount(parseAmount(used ?? '') + parseAmount(held ?? '')),
      ]),
      grants: Object.fromEntries(credits.grants.map(({ id, remaining, held }) => [id, [remaining, held]])),
    };
  }

  /** The same by the model. */
  modelBalances(): Record<string, unknown> {
    const { model } = this;
    return {
      available: formatAmount(model.wallet.available()),
      held: formatAmount(model.wallet.held()),
      debt: formatAmount(model.wallet.debt),
      // The backend asks for no member, whose own windows therefore are not among them.
      windows: model.windows
        .filter(({ ofMember }) => !ofMember)
        .map((window) => [window.id, formatAmount(model.usedInWindow(window))]),
      grants: Object.fromEntries(
        model.wallet.grants.map(({ id, remaining, held }) => [
          id,
          [formatAmount(remaining), formatAmount(held)],
        ]),
      ),
    };
  }

  async #send<Body>(method: string, path: string, body?: unknown, status?: number): Promise<Body> {
    if (method !== 'GET' && this.#sending !== undefined && !isCallOf(callOf[this.#sending], method, path))
      throw new Error(`'${this.#sending}' is sent as ${method} ${path}`);
    const response = await this.app.fetch(
      new Request(`http://usage.test${path}`, {
        method,
        headers: {
          authorization: `Bearer ${this.#secretKey}`,
          'content-type': 'application/json',
          [headers.idempotencyKey]: `${this.id}-${this.#steps}`,
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
    );
    const text = await response.text();
    if (status !== undefined && response.status !== status)
      throw new Error(`${method} ${path} answered ${response.status}: ${text}`);
    return JSON.parse(text) as Body;
  }
}

function compared(outcome: string, answer: ConsumeAnswer | HoldAnswer | Problem): Compared {
  if (!('cost' in answer)) return { outcome: answer.code };
  return {
    outcome,
    charge: parseAmount(answer.cost.amount),
    legs: Object.fromEntries(answer.grantsUsed.map(({ grantId, amount }) => [grantId, parseAmount(amount)])),
  };
}
