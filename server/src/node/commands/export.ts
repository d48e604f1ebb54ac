import type { LedgerEntry } from '../../contract/credits.ts';
import { paths } from '../../contract/paths.ts';
import { byteOrderMark } from '../../contract/spreadsheet-cell.ts';
import type { Task } from '../../contract/tasks.ts';
import { type Command, type CommandInput, UsageError } from './command.ts';
import { formatCsvLine } from './format-csv.ts';
import { type Api, apiFlags, everyItem, openApi } from './open-api.ts';

/** `usagekit export ACCOUNT`: an account's ledger or tasks as CSV on standard output. */
export const exportCommand: Command = {
  name: 'export',
  operands: 'ACCOUNT',
  summary: "Prints an account's ledger or tasks as CSV",
  flags: { what: 'ledger (the default) or tasks', ...apiFlags },
  switches: { bom: 'begins with a byte-order mark, by which spreadsheets read umlauts right' },
  async run(input) {
    const [accountId] = input.operands;
    if (accountId === undefined) throw new UsageError('usagekit export ACCOUNT');
    const { what = 'ledger' } = input.flags;
    const api = await openApi(input);
    try {
      if (what === 'ledger') await exportLedger(api, accountId, input);
      else if (what === 'tasks') await exportTasks(api, accountId, input);
      else throw new UsageError(`--what: '${what}' is neither ledger nor tasks.`);
    } finally {
      await api.close();
    }
    return 0;
  },
};

const ledgerColumns = [
  'id',
  'kind',
  'amount',
  'unit',
  'balance_after',
  'description',
  'member_id',
  'agent_id',
  'task_id',
  'hold_id',
  'effective_at',
  'recorded_at',
];

const taskColumns = [
  'id',
  'name',
  'status',
  'agent_id',
  'member_id',
  'project_id',
  'cost',
  'unit',
  'created_at',
  'started_at',
  'ended_at',
  'error',
];

function printColumns(columns: readonly string[], { switches, print }: CommandInput): void {
  print(`${switches?.has('bom') === true ? byteOrderMark : ''}${formatCsvLine(columns)}`);
}

async function exportLedger(api: Api, accountId: string, input: CommandInput): Promise<void> {
  const { print } = input;
  printColumns(ledgerColumns, input);
  for await (const entry of everyItem<LedgerEntry>(api, paths.ledger(accountId)))
    print(
      formatCsvLine([
        entry.id,
        entry.kind,
        entry.amount,
        entry.unit,
        entry.balanceAfter,
        entry.description,
        entry.memberId,
        entry.agentId,
        entry.taskId,
        entry.holdId,
        entry.effectiveAt,
        entry.recordedAt,
      ]),
    );
}

async function exportTasks(api: Api, accountId: string, input: CommandInput): Promise<void> {
  const { print } = input;
  printColumns(taskColumns, input);
  const path = `${paths.tasks}?accountId=${encodeURIComponent(accountId)}`;
  for await (const task of everyItem<Task>(api, path))
    print(
      formatCsvLine([
        task.id,
        task.name,
        task.status,
        task.agentId,
        task.memberId,
        task.projectId,
        task.cost,
        task.unit,
        task.createdAt,
        task.startedAt,
        task.endedAt,
        task.error,
      ]),
    );
}
