import type { AccountInput, Role } from '@usagekit/server/contract';
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

export interface Scenario {
  /** Where the account differs from one on Pro. */
  account?: AccountInput;
  /** The account's first cycle began so many days before the mock's `now`. */
  cycleDay: number;
  run(tools: ScenarioTools): Promise<void>;
}

const usualCycleDay = 12;

/** A member of each role is in the account, with the role's name as id. */
export const memberRoles: readonly Role[] = ['super_admin', 'owner', 'admin', 'manager', 'member', 'viewer'];

const agents = ['research', 'inbox', 'reports'] as const;

/** A first day: an account on Pro, with nothing used. */
const fresh: Scenario = { cycleDay: 0, run: async () => undefined };

/** Twelve days of ordinary use: 620 of 1,000 credits are used, and no meter is near its limit. */
const healthy: Scenario = {
  cycleDay: usualCycleDay,
  async run(tools) {
    await spendTwelveDays(tools, 34);
    await setMeters(tools, usualFigures);
    await tools.account.spendDownTo(380);
  },
};

/** 80 of 1,000 credits are left; meters stand at 80%, 92%, at the limit and beyond a soft one. */
const nearLimit: Scenario = {
  cycleDay: usualCycleDay,
  async run(tools) {
    await spendTwelveDays(tools, 56);
    const figures = { contacts: 2_600, storage: 20, emails: 4_600, enrichments: 400, exportRows: 9_100 };
    await setMeters(tools, figures);
    await tools.account.spendDownTo(80);
  },
};

/** Not one credit is left, and the next ones come with the next cycle. */
const outOfCredits: Scenario = {
  cycleDay: usualCycleDay,
  async run(tools) {
    await spendTwelveDays(tools, 63);
    await setMeters(tools, usualFigures);
    await tools.account.spendDownTo(0);
  },
};

/** As `healthy`, and a task is under way: 60 credits are held for it, 15 of which are charged already. */
const taskRunning: Scenario = {
  cycleDay: usualCycleDay,
  async run(tools) {
    await healthy.run(tools);
    await tools.account.runTask('Compare twelve vendors', {
      agentId: 'research',
      memberId: 'member',
      category: 'agent',
      estimate: [{ tool: 'work', calls: 60 }],
      items: [{ tool: 'work', calls: 15 }],
      status: 'in_progress',
    });
  },
};

/** A free account with every credit spent and its emails at their hard limit: an upgrade is what helps. */
const freeAtLimit: Scenario = {
  account: { planId: 'free' },
  cycleDay: usualCycleDay,
  async run({ account, daysBefore }) {
    daysBefore(2);
    await account.runTask('Sort the inbox', {
      agentId: 'inbox',
      memberId: 'owner',
      category: 'email',
      items: [{ tool: 'work', calls: 40 }],
      result: 'Done.',
    });
    await account.consume('emails', 50, { memberId: 'owner', category: 'email' });
    daysBefore(0);
    await account.spendDownTo(0);
  },
};

const usualFigures = { contacts: 1_830, storage: '7.4', emails: 1_240, enrichments: 210, exportRows: 1_200 };

/** Three tasks and some runs a day, with about so many credits of other work beside them. */
async function spendTwelveDays(
  { account, random, daysBefore }: ScenarioTools,
  dailyWork: number,
): Promise<void> {
  for (let day = usualCycleDay; day > 0; day -= 1) {
    daysBefore(day);
    for (const [index, agentId] of agents.entries()) {
      await account.runTask(`${taskNames[agentId]} ${usualCycleDay - day + 1}`, {
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
export const scenarios = {
  fresh,
  healthy,
  nearLimit,
  outOfCredits,
  taskRunning,
  freeAtLimit,
} satisfies Record<string, Scenario>;

export type ScenarioName = keyof typeof scenarios;
