import {
  type ConsumeAnswer,
  type Credits,
  type GrantAnswer,
  type Hold,
  type HoldAnswer,
  type LedgerEntry,
  type Page,
  paths,
} from '@usagekit/server/contract';
import { formatAmount, parseAmount } from '@usagekit/server/domain';
import type { Answer, Request, ServerGroup } from '../served/server-group.ts';

/** What an account was told; kept to be compared with what it has in the end. */
export interface Told {
  /** Commands that were answered, refusals among them. */
  answered: number;
  refused: number;
  /** Sendings that got no answer and were made again. */
  unanswered: number;
  holds: number;
  settlements: number;
}

interface Kept {
  readonly request: Request;
  readonly answer: Answer;
}

/** The last answers before a kill are those that could be lost; so many are asked again in the end. */
const recentMax = 16;

/**
 * An account that consumes, sets aside, settles, releases, lets holds expire and is granted credits, at random; it
 * remembers each answer, and nothing else decides what it must have in the end.
 */
export class SpendingAccount {
  readonly id: string;
  readonly told: Told = { answered: 0, refused: 0, unanswered: 0, holds: 0, settlements: 0 };
  readonly #servers: ServerGroup;
  readonly #draw: (below: number) => number;
  readonly #planCredits: bigint;
  readonly #holdLifetimeMs: number;
  /** By the id of their usage record. */
  readonly #consumed = new Map<string, bigint>();
  /** By the grant's id. */
  readonly #granted = new Map<string, bigint>();
  readonly #settlements: bigint[] = [];
  readonly #holds = new Map<string, { status: Hold['status']; settled: bigint }>();
  readonly #recent: Kept[] = [];
  readonly #askedAgain: Kept[] = [];
  #count = 0;

  constructor(options: {
    id: string;
    servers: ServerGroup;
    draw: (below: number) => number;
    /** What its plan grants, in whole credits. */
    planCredits: bigint;
    /** How long a hold is open that nobody ends. */
    holdLifetimeMs: number;
  }) {
    this.id = options.id;
    this.#servers = options.servers;
    this.#draw = options.draw;
    this.#planCredits = options.planCredits * 1_000_000n;
    this.#holdLifetimeMs = options.holdLifetimeMs;
  }

  /** One use, whole: a consume, or a hold with what becomes of it. */
  async spend(): Promise<void> {
    const chance = this.#draw(100);
    if (chance < 60) await this.#consume();
    else if (chance < 95) await this.#holdAndEnd();
    else await this.#grant();
  }

  /** To be called at a kill: what was answered last is asked again in the end. */
  rememberRecent(): void {
    this.#askedAgain.push(...this.#recent.splice(0));
  }

  async #consume(): Promise<void> {
    const answer = await this.#post(paths.consume, { accountId: this.id, items: this.#searches(3) });
    if (answer === null) return;
    const { id, cost } = JSON.parse(answer.text) as ConsumeAnswer;
    this.#consumed.set(id, parseAmount(cost.amount));
  }

  /** Burned first, so that it is soon used up: an account may have so many grants and no more. */
  async #grant(): Promise<void> {
    const answer = await this.#post(paths.grants(this.id), { amount: '20', priority: 0 });
    if (answer === null) throw new Error('A grant was refused.');
    const { grant } = JSON.parse(answer.text) as GrantAnswer;
    this.#granted.set(grant.id, parseAmount(grant.amount));
  }

  async #holdAndEnd(): Promise<void> {
    const holdId = `hold-${this.#count}`;
    const accountId = this.id;
    const end = this.#draw(4);
    // Half of them are left to expire, or race their settlement against it.
    const lifetimeMs = end < 2 ? 1 + this.#draw(this.#holdLifetimeMs) : 3_600_000;
    const expiresAt = new Date(Date.now() + lifetimeMs).toISOString();
    const opened = await this.#post(paths.holds, {
      accountId,
      id: holdId,
      items: this.#searches(5),
      expiresAt,
    });
    if (opened === null) return;
    this.told.holds += 1;
    const hold = { status: 'expired' as Hold['status'], settled: 0n };
    this.#holds.set(holdId, hold);
    if (end === 0) return;
    if (end === 3) {
      const released = await this.#post(paths.releaseHold(holdId), { accountId });
      if (released === null) throw new Error(`${holdId} could not be released.`);
      hold.status = 'released';
      return;
    }
    if (this.#draw(2) === 0) hold.settled += await this.#settle(holdId, false);
    const last = await this.#settle(holdId, true);
    hold.settled += last;
    if (last > 0n) hold.status = 'settled';
  }

  /** What it charged; nothing where the hold had expired. */
  async #settle(holdId: string, final: boolean): Promise<bigint> {
    const body = { accountId: this.id, items: this.#searches(4), final };
    const answer = await this.#post(paths.settleHold(holdId), body);
    if (answer === null) return 0n;
    const { cost } = JSON.parse(answer.text) as HoldAnswer;
    const charge = parseAmount(cost.amount);
    this.#settlements.push(charge);
    this.told.settlements += 1;
    return charge;
  }

  #searches(callsMax: number) {
    return [{ tool: 'search', calls: 1 + this.#draw(callsMax) }];
  }

  /** Null for a refusal, and for a hold whose time was over before it was made or settled. */
  async #post(path: string, body: unknown): Promise<Answer | null> {
    const request = { path, body, key: `${this.id}-${String(this.#count).padStart(9, '0')}` };
    this.#count += 1;
    const answer = await this.#servers.post(request);
    this.told.answered += 1;
    this.told.unanswered += answer.unanswered;
    const isTooLate = answer.status === 409 || (answer.status === 400 && path === paths.holds);
    if (answer.status === 402 || isTooLate) {
      this.told.refused += 1;
      return null;
    }
    if (answer.status >= 300) throw new Error(`${path}: ${answer.text}`);
    this.#recent.push({ request, answer });
    if (this.#recent.length > recentMax) this.#recent.shift();
    return answer;
  }

  /**
   * Compares everything that it was told with everything that it has, once no hold is open any more; returns what differs.
   * One more grant goes before, so that what has expired is written.
   */
  async differences(): Promise<string[]> {
    const patienceEndsMs = Date.now() + this.#holdLifetimeMs + 10_000;
    while ((await this.#credits()).held !== '0')
      if (Date.now() > patienceEndsMs) return [`${this.id} has holds that do not expire`];
    await this.#grant();
    const differences = [
      ...(await this.#differencesOfAnswers()),
      ...this.#differencesOfLedger(await this.#all<LedgerEntry>(paths.ledger(this.id))),
      ...this.#differencesOfHolds(await this.#all<Hold>(`${paths.holds}?accountId=${this.id}`)),
    ];
    const { available } = await this.#credits();
    const expected = formatAmount(this.#planCredits + sum(this.#granted.values()) - this.#charged());
    if (available !== expected) differences.push(`has ${available} credits instead of ${expected}`);
    return differences.map((difference) => `${this.id} ${difference}`);
  }

  async #differencesOfAnswers(): Promise<string[]> {
    const differences: string[] = [];
    this.rememberRecent();
    for (const { request, answer } of this.#askedAgain) {
      const again = await this.#servers.post(request);
      if (!again.isReplayed || again.text !== answer.text)
        differences.push(`was answered ${answer.text} and then ${again.text} to ${request.key}`);
    }
    return differences;
  }

  #differencesOfLedger(entries: readonly LedgerEntry[]): string[] {
    const debited = new Map<string, bigint>();
    const granted = new Map<string, bigint>();
    for (const { id, kind, amount, grants } of entries) {
      const millionths = parseAmount(amount);
      const grantId = grants[0]?.grantId ?? '';
      if (kind === 'grant' && !grantId.startsWith('plan~')) addTo(granted, grantId, millionths);
      if (kind === 'debit' || kind === 'debt') addTo(debited, id.replace(/~(debit|owed)$/, ''), -millionths);
    }
    // A settlement's answer does not name its entry; those that no consume was told of are settlements.
    const settlements = [...debited].filter(([id]) => !this.#consumed.has(id));
    for (const [id] of settlements) debited.delete(id);
    const [found, told] = [settlements.map(([, amount]) => amount), this.#settlements].map(inOrder);
    return [
      ...compared('consume', this.#consumed, debited),
      ...compared('grant', this.#granted, granted),
      ...(found === told
        ? []
        : [`has debits of ${found} that no consume made, and was told settlements of ${told}`]),
    ];
  }

  #differencesOfHolds(holds: readonly Hold[]): string[] {
    const found = new Map(holds.map((hold) => [hold.id, `${hold.status}, settled ${hold.settled}`]));
    const told = new Map(
      [...this.#holds].map(([id, hold]) => [id, `${hold.status}, settled ${formatAmount(hold.settled)}`]),
    );
    return [...(found.size === holds.length ? [] : ['has a hold twice']), ...compared('hold', told, found)];
  }

  #charged(): bigint {
    return sum(this.#consumed.values()) + sum(this.#settlements);
  }

  #credits(): Promise<Credits> {
    return this.#servers.send<Credits>('GET', paths.credits(this.id));
  }

  async #all<Item>(path: string): Promise<Item[]> {
    const items: Item[] = [];
    let cursor: string | null = null;
    do {
      const query = `limit=500${cursor === null ? '' : `&cursor=${cursor}`}`;
      const page: Page<Item> = await this.#servers.send(
        'GET',
        `${path}${path.includes('?') ? '&' : '?'}${query}`,
      );
      items.push(...page.items);
      cursor = page.nextCursor;
    } while (cursor !== null);
    return items;
  }
}

/** What was told is there, with its amount, and nothing else is: what is there twice has twice the amount. */
function compared<Value extends bigint | string>(
  noun: string,
  told: ReadonlyMap<string, Value>,
  found: ReadonlyMap<string, Value>,
): string[] {
  return [...new Set([...told.keys(), ...found.keys()])]
    .filter((id) => told.get(id) !== found.get(id))
    .map((id) => `has ${noun} ${id}: ${found.get(id)}, and was told ${told.get(id)}`);
}

function inOrder(amounts: readonly bigint[]): string {
  return amounts.toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0)).join(' ');
}

function addTo(sums: Map<string, bigint>, id: string, amount: bigint): void {
  sums.set(id, (sums.get(id) ?? 0n) + amount);
}

function sum(amounts: Iterable<bigint>): bigint {
  let total = 0n;
  for (const amount of amounts) total += amount;
  return total;
}
