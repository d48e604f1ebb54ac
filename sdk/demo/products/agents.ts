import { catalogTemplates } from '@usagekit/server/catalogs';
import { pickEvenly } from '../seed/seeded-random.ts';
import { about, counted, request, type Story, type StoryTask, stands } from './story.ts';

const agents = ['Clerk', 'Prospector', 'Watcher', 'Filler'] as const;

const work: Record<(typeof agents)[number], readonly string[]> = {
  Clerk: ['Collect invoices from seven portals', 'Match receipts with orders'],
  Prospector: ['Find dental practices in Bavaria', 'Complete the list of trade fairs'],
  Watcher: ['Compare prices in twelve shops', 'Watch freight rates'],
  Filler: ['Register the new branch', 'Renew permits'],
};

/** An organization on Team, with packs, fixed addresses and a cap on additional tasks. */
export const agentsStory: Story = {
  name: 'Agent platform',
  catalog: catalogTemplates.agents,
  account: {
    id: 'northlight',
    name: 'Northlight Logistics',
    timeZone: 'Europe/Berlin',
    kind: 'organization',
    planId: 'team',
  },
  members: [
    { id: 'operations-lead', name: 'Operations lead', role: 'owner' },
    { id: 'back-office', name: 'Back office', role: 'manager' },
    { id: 'purchasing', name: 'Purchasing', role: 'member' },
  ],
  decisions: {
    0: async ({ usage, accountId }) => {
      await usage.request('PUT /v1/accounts/:accountId/seats/:seatType', {
        params: { accountId, seatType: 'seat' },
        body: { quantity: 3 },
      });
      await usage.request('PUT /v1/accounts/:accountId/additional-use/:metric', {
        params: { accountId, metric: 'tasks' },
        body: { mode: 'capped', cap: '500' },
      });
    },
    9: async ({ usage, accountId }) => {
      await usage.request('PUT /v1/accounts/:accountId/dedicated-ips', {
        params: { accountId },
        body: { quantity: 2 },
      });
      await usage.request('PUT /v1/accounts/:accountId/dedicated-ips/:ipId', {
        params: { accountId, ipId: 'ip-1' },
        body: { agentId: 'Watcher' },
      });
    },
    33: ({ usage, accountId }) =>
      usage.request('PUT /v1/accounts/:accountId/add-ons/:addOnId', {
        params: { accountId, addOnId: 'task_pack' },
        body: { quantity: 3 },
      }),
    70: ({ usage, accountId }) =>
      usage.request('PUT /v1/accounts/:accountId/alerts/:metric', {
        params: { accountId, metric: 'tasks' },
        body: { amounts: ['1500', '2200'] },
      }),
  },
  day({ index, random, pace, isLast }) {
    const tasks = Array.from(
      { length: about(random, 4 * pace) + (isLast ? 2 : 0) },
      (_, place): StoryTask => {
        const agent = pickEvenly(random, agents);
        const failed = random() < 0.06;
        return {
          name: pickEvenly(random, work[agent]),
          memberId: pickEvenly(random, ['purchasing', 'back-office']),
          agentId: agent,
          items: [
            counted('tasks', 1),
            request(random, random() < 0.3 ? 'agent-large' : 'agent-mini', 4_000, 900),
            { tool: 'browser', calls: about(random, 8) },
            { tool: 'search', calls: about(random, 4) },
          ],
          ends: isLast && place < 2 ? 'running' : failed ? 'failed' : 'completed',
          ...(failed
            ? { error: 'The portal asked for a code that nobody entered.' }
            : { result: 'Done. What was found is in the table, with the page of each row.' }),
        };
      },
    );
    return {
      tasks,
      uses: [
        ...agents.map((agent) => ({
          agentId: agent,
          memberId: pickEvenly(random, ['purchasing', 'back-office']),
          source: 'automation',
          items: [
            counted('tasks', about(random, 22 * pace)),
            request(random, 'agent-mini', 30_000 * pace, 6_000 * pace),
            { tool: 'search', calls: about(random, 10 * pace) },
          ],
        })),
        {
          items: [counted('browser_tasks', about(random, 6 * pace)), stands('contacts', 4_200 + 38 * index)],
        },
      ],
    };
  },
};
