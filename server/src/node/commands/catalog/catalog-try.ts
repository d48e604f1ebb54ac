import type { Account } from '../../../contract/accounts/account.ts';
import type { LedgerEntry } from '../../../contract/credits/credits.ts';
import { csvLine } from '../../../contract/exports/csv-line.ts';
import { paths } from '../../../contract/http/paths.ts';
import { formatAmount, type Micros, parseAmount } from '../../../domain/amounts/amounts.ts';
import { cycleAt } from '../../../domain/time/calendar.ts';
import { loadCatalog } from '../../catalog/load-catalog.ts';
import { settingsOf } from '../../trials/account-settings.ts';
import { type Period, parsePeriod } from '../../trials/period.ts';
import { type ExportedUse, itemsOf, type TrialCatalogs } from '../../trials/recorded-use.ts';
import { isOfCatalog, type Lived, type Step, Trial, withLastPrices } from '../../trials/trial.ts';
import { type Command, UsageError } from '../command.ts';
import { type Api, apiFlags, everyItem, withApi } from '../open-api.ts';
import { readVersion } from './catalog-diff.ts';

/**
 * `usagekit catalog try FILE --against last-month`: what each account would have paid, been refused and been granted under another
 * catalog, by what it really did. Nothing is written; both catalogs live through the same history on servers in memory.
 */
export const catalogTryCommand: Command = {
  name: 'catalog try',
  operands: 'CATALOG',
  summary: 'Replays what accounts did under the present catalog and under this one, and prints both results',
  flags: {
    against: 'last-month (the default), a number of days such as 30d, or two instants with .. between them',
    format: 'table (the default) or csv',
    account: 'Only this account; all by default',
    ...apiFlags,
  },
  json: { prints: 'lines', of: ['accountId', 'uses', 'estimated', 'before', 'after'] },
  async run(input) {
    const [file] = input.operands;
    if (file === undefined) throw new UsageError('usagekit catalog try CATALOG');
    const { against = 'last-month', format = 'table' } = input.flags;
    if (format !== 'table' && format !== 'csv')
      throw new UsageError(`--format: '${format}' is neither table nor csv.`);
    const period = parsePeriod(against, Date.now());
    const tried = withLastPrices(await loadCatalog(file, 'CATALOG'));
    await withApi(input, async (api) => {
      const present = await readVersion(api, undefined);
      const trials = { before: new Trial(present.config), after: new Trial(tried) };
      const total = { accounts: 0, moved: 0, estimated: 0, shared: 0 };
      const left: string[] = [];
      input.print(format === 'csv' ? csvText(columns) : tableText(columns));
      for await (const account of accountsOf(api, input.flags.account)) {
        const row = await tryAccount(api, {
          account,
          period,
          catalogs: { present: present.config, tried },
          trials,
        });
        if (row === null) continue;
        total.accounts += 1;
        total.estimated += row.estimated;
        total.shared += row.shared;
        left.push(...row.after.left.map((name) => `${account.id}: ${name}`));
        if (row.before.charged !== row.after.charged || row.before.invoiced !== row.after.invoiced)
          total.moved += 1;
        const cells = cellsOf(account, row);
        const { uses, estimated, before, after } = row;
        input.answer(
          { accountId: account.id, uses, estimated, before, after },
          format === 'csv' ? csvText(cells) : tableText(cells),
        );
      }
      await Promise.all([trials.before.close(), trials.after.close()]);
      input.tell(
        `${total.accounts} accounts with use from ${new Date(period.fromMs).toISOString()} to ${new Date(period.toMs).toISOString()}; ${total.moved} would have paid another amount.`,
      );
      if (total.estimated > 0)
        input.tell(
          `${total.estimated} requests are from before records kept how many of their tokens were input: they are priced by an estimate, the same for both. The column estimated counts them for each account; where it says 0 the figures are exact.`,
        );
      if (total.shared > 0)
        input.tell(
          `${total.shared === 1 ? 'One member has a share' : `${total.shared} members have shares`}. The whole period is tried with the shares of now, since earlier ones are not kept.`,
        );
      if (left.length > 0)
        input.tell(
          `Left out under this catalog, since it does not take them: ${left.slice(0, leftShownMax).join(', ')}${left.length > leftShownMax ? ', ...' : ''}`,
        );
    });
    return 0;
  },
};

/** How many of what was left out are named. */
const leftShownMax = 5;

const columns = [
  'account',
  'uses',
  'charged_before',
  'charged_after',
  'invoiced_before',
  'invoiced_after',
  'granted_before',
  'granted_after',
  'refused_before',
  'refused_after',
  'unsold_after',
  'estimated',
];

interface Row {
  readonly uses: number;
  readonly estimated: number;
  /** Members with shares. */
  readonly shared: number;
  readonly before: Lived;
  readonly after: Lived;
}

function cellsOf({ id }: Account, { uses, estimated, before, after }: Row): string[] {
  return [
    id,
    String(uses),
    before.charged,
    after.charged,
    before.invoiced,
    after.invoiced,
    before.granted,
    after.granted,
    String(before.refused),
    String(after.refused),
    String(after.unsold),
    String(estimated),
  ];
}

function csvText(cells: readonly string[]): string {
  return csvLine(cells).trimEnd();
}

/** Figures stand to the right, under heads of the same width. */
function tableText([name = '', ...cells]: readonly string[]): string {
  const heads = columns.slice(1);
  const padded = cells.map((cell, index) => cell.padStart(heads[index]?.length ?? 0));
  return [name.padEnd(24), ...padded].join('  ');
}

async function* accountsOf(api: Api, accountId: string | undefined): AsyncGenerator<Account> {
  if (accountId === undefined) yield* everyItem<Account>(api, paths.accounts);
  else yield await api.call<Account>('GET', paths.account(accountId));
}

/** Null for an account that did nothing in the period. */
async function tryAccount(
  api: Api,
  {
    account,
    period,
    catalogs,
    trials,
  }: {
    account: Account;
    period: Period;
    catalogs: TrialCatalogs;
    trials: { before: Trial; after: Trial };
  },
): Promise<Row | null> {
  const anchorMs = Date.parse(account.anchorAt);
  const { fromMs, toMs } = period;
  const beganMs = Math.max(anchorMs, cycleAt(anchorMs, account.timeZone, fromMs).startsAtMs);
  const lived: Period = { fromMs: beganMs, toMs };
  const grants = await grantsOf(api, account.id, lived);
  const takenBack = new Set<string>();
  let known = 0;
  for await (const use of usesOf(api, account.id, lived)) {
    if (Date.parse(use.at) >= fromMs) known += 1;
    if (use.takesBack !== undefined) takenBack.add(use.takesBack.usageId);
  }
  if (known === 0) return null;
  const told = { uses: 0, estimated: 0 };
  const steps = (isCounted: boolean) =>
    inOrder(grants, usesOf(api, account.id, lived), (use) => {
      // Voided uses were mistakes, and imported history never counted.
      if (use.takesBack !== undefined || use.backfill || takenBack.has(use.id)) return null;
      const { items, isEstimated } = itemsOf(use, catalogs);
      if (items.length === 0) return null;
      if (isCounted && Date.parse(use.at) >= fromMs) {
        told.uses += 1;
        if (isEstimated) told.estimated += 1;
      }
      return {
        kind: 'use',
        atMs: Date.parse(use.at),
        items,
        about: dimensionsOf(use),
        isEvent: use.eventId !== null,
        byOwnKey: byOwnKeyOf(use),
      };
    });
  const settings = await settingsOf(api, account);
  const life = { account, settings, beganMs, period };
  const before = await trials.before.live(life, steps(true));
  const after = await trials.after.live(life, steps(false));
  return { ...told, shared: settings.members.length, before, after };
}

function byOwnKeyOf({ lines }: ExportedUse): Map<string, boolean> {
  const models = lines.filter(({ kind }) => kind === 'llm');
  return new Map(models.map(({ ref, ownKey }) => [ref, ownKey === true]));
}

function dimensionsOf({
  memberId,
  agentId,
  projectId,
  workspaceId,
  apiKeyId,
  category,
  source,
}: ExportedUse) {
  return {
    ...(memberId === undefined ? {} : { memberId }),
    ...(agentId === undefined ? {} : { agentId }),
    ...(projectId === undefined ? {} : { projectId }),
    ...(workspaceId === undefined ? {} : { workspaceId }),
    ...(apiKeyId === undefined ? {} : { apiKeyId }),
    ...(category === undefined ? {} : { category }),
    ...(source === undefined ? {} : { source }),
  };
}

/** Bought or given credits: their rest at the start of the period, and additions during it. */
async function grantsOf(api: Api, accountId: string, { fromMs, toMs }: Period): Promise<Step[]> {
  let left: Micros = 0n;
  const came: Step[] = [];
  for await (const entry of jsonRows<LedgerEntry>(api, ledgerPath(accountId, toMs))) {
    if (entry.unit !== 'credits') continue;
    const atMs = Date.parse(entry.effectiveAt);
    const own = entry.grants.filter(({ grantId }) => !isOfCatalog(grantId));
    const amount = own.reduce((sum, leg) => sum + parseAmount(leg.amount), 0n);
    if (atMs < fromMs) left += amount;
    else if (entry.kind === 'grant' && amount > 0n)
      came.push({ kind: 'grant', atMs, amount: formatAmount(amount) });
  }
  const atStart: Step[] = left > 0n ? [{ kind: 'grant', atMs: fromMs, amount: formatAmount(left) }] : [];
  return [...atStart, ...came.reverse()];
}

function ledgerPath(accountId: string, toMs: number): string {
  return `${paths.datasetExport(accountId, 'ledger')}?format=jsonl&to=${new Date(toMs).toISOString()}`;
}

function usesOf(api: Api, accountId: string, { fromMs, toMs }: Period): AsyncGenerator<ExportedUse> {
  const span = `from=${new Date(fromMs).toISOString()}&to=${new Date(toMs).toISOString()}`;
  return jsonRows(api, `${paths.datasetExport(accountId, 'events')}?format=jsonl&${span}`);
}

/** Both are sorted by time already. */
async function* inOrder(
  grants: readonly Step[],
  uses: AsyncIterable<ExportedUse>,
  toStep: (use: ExportedUse) => Step | null,
): AsyncGenerator<Step> {
  const waiting = [...grants];
  for await (const use of uses) {
    const step = toStep(use);
    if (step === null) continue;
    while (waiting[0] !== undefined && waiting[0].atMs <= step.atMs) yield waiting.shift() as Step;
    yield step;
  }
  yield* waiting;
}

async function* jsonRows<Row>(api: Api, path: string): AsyncGenerator<Row> {
  const { body } = await api.download(path);
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of (body ?? []) as AsyncIterable<Uint8Array>) {
    const lines = `${rest}${decoder.decode(chunk, { stream: true })}`.split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) yield JSON.parse(line) as Row;
  }
}
