import type { Role } from '@usagekit/server/contract';
import type { HostBackend } from './host-backend.ts';
import type { MockAccount } from './mock-account.ts';

/** What a scenario's script works with. */
export interface ScenarioTools {
  backend: HostBackend;
  account: MockAccount;
  /** 0 up to 1, the same for the same seed. */
  random(): number;
  /** Goes to so many days before the mock's `now`. */
  daysBefore(days: number): void;
}

export type Scenario = (tools: ScenarioTools) => Promise<void>;

/** Days of the cycle that are over at the mock's `now`, in every scenario but `fresh`. */
export const cycleDay = 12;

/** A member of each role is in the account, with the role's name as id. */
export const memberRoles: readonly Role[] = ['super_admin', 'owner', 'admin', 'manager', 'member', 'viewer'];

const agents = ['research', 'inbox', 'reports'] as const;

/** A first day: an account on Pro, with nothing used. */
async function fresh({ daysBefore }: ScenarioTools): Promise<void> {
  daysBefore(0);
}

/** Twelve days of ordinary use: 620 of 1,000 credits are used, and no meter is near its limit. */
async function healthy(tools: ScenarioTools): Promise<void> {
  await spendTwelveDays(tools, 34);
  await setMeters(tools, {
    contacts: 1_830,
    storage: '7.4',
    emails: 1_240,
    enrichments: 210,
    exportRows: 1_200,
  });
  await tools.account.spendDownTo(380);
}

/** 80 of 1,000 credits are left; meters stand at 80%, 92%, at the limit and beyond a soft one. */
async function nearLimit(tools: ScenarioTools): Promise<void> {
  await spendTwelveDays(tools, 56);
  await setMeters(tools, {
    contacts: 2_600,
    storage: 20,
    emails: 4_600,
    enrichments: 400,
    exportRows: 9_100,
  });
  await tools.account.spendDownTo(80);
}

/** Not one credit is left, and the next ones come with the next cycle. */
async function outOfCredits(tools: ScenarioTools): Promise<void> {
  await spendTwelveDays(tools, 56);
  await setMeters(tools, {
    contacts: 1_830,
    storage: '7.4',
    emails: 1_240,
    enrichments: 210,
    exportRows: 1_200,
  });
  await tools.account.spendDownTo(0);
}

/** Three tasks and some runs a day, with about so many credits of other work beside them. */
async function spendTwelveDays(
  { account, random, daysBefore }: ScenarioTools,
  dailyWork: number,
): Promise<void> {
  for (let day = cycleDay; day > 0; day -= 1) {
    daysBefore(day);
    for (const [index, agentId] of agents.entries()) {
      await account.runTask(`${taskNames[agentId]} ${cycleDay - day + 1}`, {
        agentId,
        memberId: index === 0 ? 'member' : 'owner',
        category: index === 1 ? 'email' : 'agent',
        items: [
          { model: 'standard-1', inputTokens: 500 + 500 * Math.floor(random() * 3), outputTokens: 250 },
          { tool: 'search', calls: 2 + 2 * Math.floor(random() * 2) },
        ],
        ...(day === 4 && index === 2
          ? { status: 'failed' as const, error: 'The report has no data for this range.' }
          : { result: 'Done.' }),
      });
    }
    await account.spend(dailyWork - 4 + Math.floor(random() * 8), { memberId: 'admin', category: 'chat' });
    await account.consume('workflow_runs', 20 + Math.floor(random() * 15), { agentId: 'reports' });
  }
  await account.runTask('Draft a reply', { agentId: 'inbox', memberId: 'member', status: 'cancelled' });
  daysBefore(0);
}

const taskNames: Record<(typeof agents)[number], string> = {
  research: 'Research a company',
  inbox: 'Sort the inbox',
  reports: 'Write the weekly report',
};

interface MeterFigures {
  contacts: number;
  storage: number | string;
  emails: number;
  enrichments: number;
  exportRows: number;
}

async function setMeters({ account }: ScenarioTools, figures: MeterFigures): Promise<void> {
  await account.setGauge('contacts', figures.contacts);
  await account.setGauge('storage', figures.storage);
  await account.consume('emails', figures.emails, { memberId: 'owner', category: 'email' });
  await account.consume('enrichments', figures.enrichments, { memberId: 'member' });
  await account.consume('export_rows', figures.exportRows, { memberId: 'owner' });
}

/** Scripts over the public API and the clock, so that none of them is a state the server could not be in. */
export const scenarios = { fresh, healthy, nearLimit, outOfCredits } satisfies Record<string, Scenario>;

export type ScenarioName = keyof typeof scenarios;
