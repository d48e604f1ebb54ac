import { catalogTemplates } from '@usagekit/server/catalogs';
import type { Item } from '@usagekit/server/contract';
import { pickEvenly } from '../seed/seeded-random.ts';
import { about, counted, request, type Story, type StoryTask, stands } from './story.ts';

const flows = ['Triage', 'Contracts', 'Import', 'Notes'] as const;

const titles = {
  Triage: 'Sort new requests',
  Contracts: 'Review a contract',
  Import: 'Import last night’s files',
  Notes: 'Write up the meeting',
} as const;

/** A team on Pro, whose runs debit tokens, tool calls and storage. */
export const workflowStory: Story = {
  name: 'Workflow workspace',
  catalog: catalogTemplates.workflow,
  account: {
    id: 'fern-and-co',
    name: 'Fern & Co',
    timeZone: 'America/New_York',
    kind: 'organization',
    planId: 'pro',
  },
  members: [
    { id: 'founder', name: 'Founder', role: 'owner' },
    { id: 'automation-lead', name: 'Automation lead', role: 'manager' },
    { id: 'support', name: 'Support', role: 'member' },
    { id: 'legal', name: 'Legal', role: 'member' },
  ],
  decisions: {
    // The trial is over: it is paid for from now on.
    12: ({ buyer }) => buyer.enterCard(),
    64: ({ buyer }) => buyer.buyPack('small'),
  },
  day({ index, random, pace, isLast }) {
    const steps = (flow: (typeof flows)[number]): Item[] => [
      request(random, flow === 'Contracts' ? 'deep' : 'swift', 6_000, 900),
      { tool: 'http', integration: pickEvenly(random, ['crm', 'mail']), calls: about(random, 6) },
      { storage: flow === 'Import' ? 'knowledge_base' : 'traces', quantity: '4' },
    ];
    const tasks = Array.from(
      { length: about(random, 5 * pace) + (isLast ? 1 : 0) },
      (_, place): StoryTask => {
        const flow = pickEvenly(random, flows);
        const failed = random() < 0.05;
        return {
          name: titles[flow],
          memberId: flow === 'Contracts' ? 'legal' : 'support',
          agentId: flow,
          items: [counted('runs', 1), ...steps(flow)],
          ends: isLast && place === 0 ? 'running' : failed ? 'failed' : 'completed',
          ...(failed
            ? { error: 'The mailbox answered too slowly three times.' }
            : { result: 'All steps are done. Two items wait for a person.' }),
        };
      },
    );
    return {
      tasks,
      uses: [
        ...flows.map((flow) => ({
          agentId: flow,
          memberId: flow === 'Contracts' ? 'legal' : 'support',
          source: 'automation',
          items: [counted('runs', about(random, 16 * pace)), ...steps(flow)],
        })),
        { items: [stands('workspaces', 1 + Math.floor(index / 30))] },
      ],
    };
  },
};
