import { advance } from '../domain/accounts/advance.ts';
import type { BaselineFacts } from '../domain/accounts/baseline.ts';
import type { Decision, DecisionContext } from '../domain/decision.ts';
import { eraseAnswer } from '../domain/erasures/erase-answer.ts';
import { eraseFacts } from '../domain/erasures/erase-facts.ts';
import { eraseInState, isClosedByErasure } from '../domain/erasures/erase-state.ts';
import { type Facts, joinFacts } from '../domain/facts.ts';
import { isWaiting } from '../domain/invoices/charges/charges.ts';
import type { ChargeRecord } from '../domain/invoices/state.ts';
import { withInvoices } from '../domain/invoices/with-invoices.ts';
import { memberShareOf } from '../domain/members/members.ts';
import { withNotices } from '../domain/notices/tell.ts';
import { chargeOfPurchase } from '../domain/purchases/charge-of-purchase.ts';
import type { PurchaseRecord } from '../domain/purchases/state.ts';
import { withTopUp } from '../domain/purchases/top-up.ts';
import type { AccountState } from '../domain/state.ts';
import type { UnpricedItem } from '../domain/unpriced/state.ts';
import { isPriceDue } from '../domain/unpriced/unpriced.ts';
import { cellsOf } from '../domain/usage/cells.ts';
import { withinBounds } from '../domain/within-bounds.ts';
import type { Decided, KeptAnswer, Loaded, Needs, Writes } from '../store/store.ts';
import { BaselineNotReadError, readBaselineFacts, withBaselineKnown } from './accounts/account-baseline.ts';
import { ClockNotReadError } from './accounts/account-clock.ts';
import { CatalogNotLoadedError } from './catalog/catalogs.ts';
import { closedByErasure, eraserOf } from './erasures/eraser-of.ts';
import { AppError } from './http/reply/problem.ts';
import { type ChangeHint, changeHint } from './live/change-hint.ts';
import type { Services } from './services.ts';
import { PriceDueError } from './unpriced/price-due-error.ts';

/** The result of a command: a refusal or a change of the account, and the answer. */
export interface Answer {
  readonly status: number;
  /** JSON. */
  readonly body: string;
}

export interface AccountCommand<Outcome> {
  readonly accountId: string;
  /** The member that the command names. */
  readonly memberId?: string | undefined;
  /** The member that something loaded names, such as whose hold or task it is. Pure. */
  memberIdOf?(loaded: Loaded): string | undefined;
  /** Under which the answer is kept, with the request's hash; absent for commands that are idempotent by themselves. */
  readonly idempotency?: { readonly key: string; readonly requestHash: string } | undefined;
  readonly needs?: Omit<Needs, 'accountIds' | 'answers'>;
  readonly priority?: 'gate' | 'ingest';
  /** It gives unpriced uses their price, which every other command has done before it. */
  readonly pricesLate?: boolean;
  /** Money has moved for it: it is taken over whatever figures come of it. */
  readonly isPaid?: boolean;
  /** About how many rows it writes. */
  readonly rows?: number;
  /** Called before anything of it is decided; what it throws is thrown. */
  begin?(): void;
  /** Pure; may be called more than once. */
  decide(context: DecisionContext, loaded: Loaded): Decision<Outcome>;
  /**
   * The answer of an outcome, which is kept when the outcome is a change. Null for a refusal: it is not kept, and the
   * caller makes its own answer of it.
   */
  encode?(outcome: Outcome, after: DecisionContext): Answer | null;
  /** Rows to write in addition to those of the decision. */
  alsoWrite?(outcome: Outcome, after: DecisionContext): Writes;
}

/** A command that was carried out, or whose answer was kept from the first time. */
export type Executed<Outcome> =
  | {
      readonly replayed: false;
      readonly outcome: Outcome;
      readonly answer: Answer | null;
      readonly after: DecisionContext;
      /** The top-up that the command ordered by what it spent. */
      readonly topUp: PurchaseRecord | undefined;
      /** Charges that the command ordered, and what fell due with it. */
      readonly charges: readonly ChargeRecord[];
      /** The uses that the command recorded without a price. */
      readonly unpriced: readonly UnpricedItem[];
      /** The change, if somebody listens to the account. */
      readonly hint: ChangeHint | undefined;
    }
  | { readonly replayed: true; readonly answer: Answer };

/** Of test clocks, which few accounts are on. */
const noReadings: ReadonlyMap<string, number> = new Map();

/** Once for each of clock, latest catalog, account's, hold's, baseline and price that is needed, and the last that has them all. */
const triesMax = 7;

/**
 * Carries a command out: gives the kept answer for a key that was used, or else brings the account to its present,
 * decides, and commits what follows together with the answer. What a refusal decides is not kept, and neither is an error.
 * @throws AppError `account_not_found`, `idempotency_key_reused`; what `decide` throws; StoreUnavailableError.
 */
export async function execute<Outcome>(
  services: Services,
  command: AccountCommand<Outcome>,
): Promise<Executed<Outcome>> {
  const { commit, clock, catalogs } = services;
  let readings = noReadings;
  const read = async (clockId: string) => {
    readings = new Map(readings).set(clockId, await clock.read(clockId));
  };
  const clockId = clock.clockIdOf(command.accountId);
  if (clockId !== null) await read(clockId);
  let baseline: BaselineFacts | undefined;
  let looksForPrices = command.pricesLate !== true;
  const commandId = services.newId();
  for (let tries = 1; ; tries++) {
    try {
      const executed = await commit.submit({
        needs: needsOf(command),
        priority: command.priority ?? 'gate',
        rows: command.rows ?? 4,
        decide: (loaded) =>
          decideCommand(services, command, { loaded, readings, commandId, baseline, looksForPrices }),
      });
      if (executed.replayed) services.metrics.replay();
      else if (executed.hint !== undefined) services.hub.hint(command.accountId, executed.hint);
      if (executed.replayed) return executed;
      services.unpriced.saw(executed.after.state, executed.unpriced);
      if (executed.topUp !== undefined) void services.payments.settle(services, executed.topUp);
      for (const charge of executed.charges) void services.payments.settleCharge(services, charge);
      return executed;
    } catch (error) {
      if (tries >= triesMax) throw error;
      if (error instanceof ClockNotReadError) await read(error.clockId);
      else if (error instanceof CatalogNotLoadedError) await catalogs.load(error.version);
      else if (error instanceof BaselineNotReadError)
        baseline = await readBaselineFacts(services, command.accountId);
      else if (error instanceof PriceDueError) {
        looksForPrices = false;
        await services.unpriced.price(command.accountId);
      } else throw error;
    }
  }
}

/** A command without a key, which no kept answer can stand for. */
export async function executeNew<Outcome>(
  services: Services,
  command: Omit<AccountCommand<Outcome>, 'idempotency' | 'encode'>,
): Promise<Extract<Executed<Outcome>, { replayed: false }>> {
  const executed = await execute(services, command);
  if (executed.replayed) throw new Error('A command without a key was answered from a kept answer');
  return executed;
}

function needsOf<Outcome>(command: AccountCommand<Outcome>): Needs {
  const { accountId, idempotency } = command;
  return {
    accountIds: [accountId],
    ...command.needs,
    ...(idempotency === undefined ? {} : { answers: [{ accountId, key: idempotency.key }] }),
  };
}

interface Attempt {
  readonly loaded: Loaded;
  readonly readings: ReadonlyMap<string, number>;
  readonly commandId: string;
  /** Whether prices that unpriced uses have got are given to them first. */
  readonly looksForPrices: boolean;
  /** The ledger's figures that the account does not hold. */
  readonly baseline: BaselineFacts | undefined;
}

function decideCommand<Outcome>(
  services: Services,
  command: AccountCommand<Outcome>,
  { loaded, readings, commandId, baseline, looksForPrices }: Attempt,
): Decided<Executed<Outcome>> {
  const { accountId, idempotency } = command;
  command.begin?.();
  if (idempotency !== undefined) {
    const kept = loaded.answer(accountId, idempotency.key);
    if (kept !== undefined) return { writes: {}, result: replay(kept, idempotency.requestHash) };
  }
  const stored = loaded.account(accountId);
  if (stored === undefined) throw accountNotFound(accountId);
  if (isClosedByErasure(stored)) throw closedByErasure(stored);
  const own = services.catalogs.of(stored, loaded.catalogVersion);
  if (looksForPrices && isPriceDue(stored, own)) throw new PriceDueError();
  const before = withBaselineKnown(stored, own, baseline);
  const nowMs = services.clock.nowFrom(before.profile, readings);
  const recordedAtMs = services.clock.systemMs;
  const advanced = advance(before, own, nowMs, recordedAtMs, baseline);
  const context: DecisionContext = {
    state: advanced.state,
    // A change of plan may have fallen due, which also changes the plan version that the account keeps.
    catalog: services.catalogs.of(advanced.state, loaded.catalogVersion),
    catalogAt: (version) => services.catalogs.at(version),
    member: memberShareOf(advanced.state, command.memberIdOf?.(loaded) ?? command.memberId),
    nowMs,
    recordedAtMs,
    commandId,
  };
  const decided = command.decide(context, loaded);
  const bounded = command.isPaid === true ? decided : withinBounds(context, decided);
  const decision = withNotices(context, withInvoices(context, withTopUp(context, bounded)));
  const eraser = eraserOf(decision.state);
  const made = joinFacts(advanced.facts, decision.facts);
  // While a member is being erased, nothing new names them.
  const facts = eraser === null ? made : eraseFacts(eraser, made);
  // A task that waits changes no figure of the account, and is a change all the same.
  const isChange = decision.state !== stored || facts.tasks.length > 0;
  const decidedState = eraser === null ? decision.state : eraseInState(eraser, decision.state);
  const state = isChange ? withNextVersion(stored, decidedState) : stored;
  const after: DecisionContext = { ...context, state };
  const answer = command.encode?.(decision.outcome, after) ?? null;
  const writes = writesOf(stored, state, facts);
  const also = command.alsoWrite?.(decision.outcome, after);
  // With a member's role or share all that it sees may change, which is what the hub takes a change without a hint to mean.
  const isHinted = state !== stored && also?.members === undefined && services.hub.isWatched(accountId);
  Object.assign(writes, also);
  if (answer !== null && idempotency !== undefined) {
    const { key, requestHash } = idempotency;
    const body = eraser === null ? answer.body : eraseAnswer(eraser, answer.body);
    writes.answers = [{ accountId, key, requestHash, status: answer.status, body, recordedAtMs }];
  }
  return {
    writes,
    result: {
      replayed: false,
      outcome: decision.outcome,
      answer,
      after,
      topUp: orderedTopUp(decision.facts),
      charges: facts.charges.filter(isWaiting),
      unpriced: unpricedOf(facts),
      hint: isHinted ? changeHint(stored, state, facts) : undefined,
    },
  };
}

/** Writes that are still being put together. */
type OwnWrites = { -readonly [Rows in keyof Writes]: Writes[Rows] };

const nothingUnpriced: readonly UnpricedItem[] = [];

function unpricedOf({ usage }: Facts): readonly UnpricedItem[] {
  return usage.some(({ unpriced }) => unpriced !== undefined)
    ? usage.flatMap(({ unpriced, takesBack }) => (takesBack === undefined ? (unpriced ?? []) : []))
    : nothingUnpriced;
}

/** Auto top-up marks what it orders by its source; what a person orders is paid by the route that ordered it. */
function orderedTopUp({ purchases }: Facts): PurchaseRecord | undefined {
  return purchases.find(({ source, status }) => source === 'top_up' && status === 'ordered');
}

function replay(kept: KeptAnswer, requestHash: string): Executed<never> {
  if (kept.requestHash !== requestHash)
    throw new AppError(
      'idempotency_key_reused',
      'This Idempotency-Key was already used with another request. A retry sends the same bytes to the same address; another request needs a key of its own',
    );
  return { replayed: true, answer: { status: kept.status, body: kept.body } };
}

/** Versions count committed changes, by which clients and other processes notice what they have not seen. */
export function withNextVersion(before: AccountState | undefined, after: AccountState): AccountState {
  return { ...after, version: (before?.version ?? 0) + 1 };
}

/** The writes of a change of an account. Every consume makes them, and to spread them together costs more than the rest. */
export function writesOf(before: AccountState | undefined, after: AccountState, facts: Facts): OwnWrites {
  const { entries, usage, holds, tasks, purchases, invoices, charges, activity, notices } = facts;
  const writes: OwnWrites = {};
  if (after !== before) writes.accounts = [after];
  if (entries.length > 0) writes.entries = entries;
  if (usage.length > 0) {
    writes.usage = usage;
    writes.cells = cellsOf(usage, after.profile.timeZone);
  }
  if (holds.length > 0) writes.holds = holds;
  if (tasks.length > 0) writes.tasks = tasks;
  if (purchases.length > 0) writes.purchases = purchases;
  if (invoices.length > 0) writes.invoices = invoices;
  if (charges.length + purchases.length > 0)
    writes.charges = [...charges, ...purchases.map(chargeOfPurchase)];
  if (activity.length > 0) writes.activity = activity;
  if (notices.length > 0) writes.notices = notices;
  return writes;
}

export function accountNotFound(accountId: string): AppError {
  return new AppError('account_not_found', `There is no account '${accountId}'`);
}
