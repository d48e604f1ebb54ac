import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { paths } from '@usagekit/server/contract';
import { smallCatalogConfig } from '../../support/small-catalog.ts';
import { type Database, reconcile, startServed } from '../served/served-process.ts';
import { ServerGroup } from '../served/server-group.ts';
import { SpendingAccount, type Told } from './spending-account.ts';

export interface KillPlan {
  readonly database: Database;
  /** Server processes on it: one for SQLite. */
  readonly servers: number;
  readonly accounts: number;
  /** Uses under way at a time, by account. */
  readonly concurrency: number;
  /** How many commands are answered between two kills: any number up to this. */
  readonly answersBetweenKillsMax: number;
  /** Asked after each kill. */
  readonly goesOn: (kills: number) => boolean;
  /** The same seed draws the same commands; what is under way at a kill is not drawn. */
  readonly seed: number;
}

export interface Survival extends Told {
  readonly kills: number;
  /** What an account was told and does not have, or has and was not told; empty when all is well. */
  readonly differences: readonly string[];
  /** What `usagekit reconcile` said. */
  readonly reconciled: string;
}

/** Every other account has a plan whose credits last, and every other one is short of them all the time. */
const lastingCredits = 1_000_000_000n;
const shortCredits = 100n;
const holdLifetimeMs = 300;

/**
 * Spends from several accounts over HTTP while servers are killed with SIGKILL and started again; every command that got no
 * answer is sent again under its key. Afterwards each account's ledger, holds and balance are compared with the answers.
 * @throws Error for an answer that no kill explains, and where `usagekit reconcile` finds drift.
 */
export async function surviveKills(plan: KillPlan): Promise<Survival> {
  const folder = mkdtempSync(join(tmpdir(), 'usagekit-kills-'));
  const catalogFile = join(folder, 'catalog.json');
  writeFileSync(catalogFile, JSON.stringify(catalog()));
  const servers = new ServerGroup(() => startServed(plan.database, catalogFile));
  try {
    await Promise.all(Array.from({ length: plan.servers }, () => servers.start()));
    const accounts = await createAccounts(servers, plan);
    const kills = await spendThroughKills(servers, accounts, plan);
    const differences = await Promise.all(accounts.map((account) => account.differences()));
    await servers.killAll();
    return {
      kills,
      differences: differences.flat(),
      reconciled: await reconcile(plan.database),
      ...toldTo(accounts),
    };
  } finally {
    await servers.killAll();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Returns how often a server was killed. */
async function spendThroughKills(
  servers: ServerGroup,
  accounts: readonly SpendingAccount[],
  { concurrency, answersBetweenKillsMax, goesOn, seed }: KillPlan,
): Promise<number> {
  const draw = drawFrom(seed);
  let kills = 0;
  let isOver = false;
  let answersUntilKill = 1 + draw(answersBetweenKillsMax);

  const kill = async (): Promise<void> => {
    for (const account of accounts) account.rememberRecent();
    await servers.killOne(draw);
    kills += 1;
    await servers.start();
    isOver = !goesOn(kills);
    if (!isOver) answersUntilKill = 1 + draw(answersBetweenKillsMax);
  };
  const spendOn = async (account: SpendingAccount): Promise<void> => {
    while (!isOver) {
      await account.spend();
      answersUntilKill -= 1;
      if (answersUntilKill === 0) await kill();
    }
  };
  await Promise.all(
    accounts.flatMap((account) => Array.from({ length: concurrency }, () => spendOn(account))),
  );
  return kills;
}

async function createAccounts(
  servers: ServerGroup,
  { accounts, seed }: KillPlan,
): Promise<SpendingAccount[]> {
  const made: SpendingAccount[] = [];
  for (let index = 0; index < accounts; index++) {
    const id = `account-${index}`;
    const isShort = index % 2 === 1;
    await servers.send('PUT', paths.account(id), { planId: isShort ? 'free' : 'pro' });
    const planCredits = isShort ? shortCredits : lastingCredits;
    made.push(
      new SpendingAccount({ id, servers, draw: drawFrom(seed + index + 1), planCredits, holdLifetimeMs }),
    );
  }
  return made;
}

function catalog() {
  return {
    ...smallCatalogConfig,
    plans: smallCatalogConfig.plans.map((plan) => ({
      ...plan,
      monthlyCredits: String(plan.id === 'free' ? shortCredits : lastingCredits),
    })),
  };
}

function toldTo(accounts: readonly SpendingAccount[]): Told {
  const total: Told = { answered: 0, refused: 0, unanswered: 0, holds: 0, settlements: 0 };
  for (const { told } of accounts)
    for (const key of Object.keys(total) as (keyof Told)[]) total[key] += told[key];
  return total;
}

/** Whole numbers from 0, below the given one, the same for the same seed: a multiplicative generator modulo 2^31 - 1. */
function drawFrom(seed: number): (below: number) => number {
  let state = 1 + (seed % 2_147_483_646);
  return (below) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % below;
  };
}
