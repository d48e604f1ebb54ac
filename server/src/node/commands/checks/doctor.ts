import { paths } from '../../../contract/http/paths.ts';
import type {
  DoctorFinding,
  DoctorReport,
  ReconciledAccount,
} from '../../../contract/operations/operations.ts';
import type { Command } from '../command.ts';
import { type Api, apiFlags, everyItem, withApi } from '../open-api.ts';
import { accountsAtOnce } from './reconcile.ts';

/** `usagekit doctor`: reports what is wrong or may become wrong; fails if something is wrong. */
export const doctorCommand: Command = {
  name: 'doctor',
  operands: '',
  summary: 'Checks the server and its database, also while the server runs; fails if something is wrong',
  flags: apiFlags,
  switches: { quick: 'Does not read every account' },
  json: { prints: 'one', of: 'GET /v1/doctor' },
  async run(input) {
    const report = await withApi(input, async (api) => {
      const isQuick = input.switches?.has('quick') === true;
      if (!isQuick) await readEveryList(api);
      const told = await api.call<DoctorReport>('GET', paths.doctor);
      if (isQuick) return told;
      return { ...told, findings: [...told.findings, ...(await readEveryAccount(api))] };
    });
    const lines = report.findings.map(
      ({ level, check, detail }) => `${level.padEnd(8)}${check.padEnd(13)}${detail}`,
    );
    input.answer(report, ...lines);
    return report.findings.some(({ level }) => level === 'error') ? 1 : 0;
  },
};

/** Lists that are not one account's. The server tells in its report what it could not read of them. */
const lists = [
  paths.keys,
  paths.webhookEndpoints,
  paths.erasures,
  paths.audit,
  paths.notices,
  paths.tasks,
  paths.accounts,
] as const;

async function readEveryList(api: Api): Promise<void> {
  for (const list of lists) for await (const _ of everyItem(api, list));
}

async function readEveryAccount(api: Api): Promise<DoctorFinding[]> {
  const findings: DoctorFinding[] = [];
  let accounts = 0;
  for await (const account of everyItem<ReconciledAccount>(api, paths.reconciliation, accountsAtOnce)) {
    accounts += 1;
    const { accountId, drifts, unreadable } = account;
    if (unreadable !== null)
      findings.push({
        check: 'accounts',
        level: 'error',
        detail: `${accountId} cannot be read: ${unreadable}`,
      });
    for (const { subject, found, expected } of drifts)
      findings.push({
        check: 'accounts',
        level: 'error',
        detail: `${accountId}: ${subject} is ${found}, its records say ${expected} (in millionths).`,
      });
  }
  if (findings.length > 0) return findings;
  return [
    { check: 'accounts', level: 'ok', detail: `${accounts} accounts, every balance the sum of its entries.` },
  ];
}
