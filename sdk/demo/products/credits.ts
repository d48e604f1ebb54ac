import { catalogTemplates } from '@usagekit/server/catalogs';
import { pickEvenly } from '../seed/seeded-random.ts';
import { about, counted, type Story, type StoryTask } from './story.ts';

const agents = {
  Inbox: ['Sort the inbox', 'Answer what is routine'],
  Report: ['Write the weekly report', 'Chart the week'],
  Builder: ['Build a vacation planner', 'Add a form for suppliers'],
} as const;
const models = ['feather-2', 'feather-2', 'sonata-4', 'sonata-4', 'opus-4'] as const;

/** A team on Pro that buys packs, with auto top-up. */
export const creditsStory: Story = {
  name: 'AI workspace',
  catalog: catalogTemplates.credits,
  account: {
    id: 'paper-lantern',
    name: 'Paper Lantern',
    timeZone: 'Asia/Tokyo',
    kind: 'organization',
    planId: 'pro',
  },
  members: [
    { id: 'studio-lead', name: 'Studio lead', role: 'owner' },
    { id: 'producer', name: 'Producer', role: 'manager' },
    { id: 'designer', name: 'Designer', role: 'member' },
    { id: 'writer', name: 'Writer', role: 'member' },
  ],
  decisions: {
    24: ({ buyer }) => buyer.buyPack('p5000'),
    40: ({ usage, accountId }) =>
      usage.request('PUT /v1/accounts/:accountId/auto-top-up', {
        params: { accountId },
        body: { enabled: true, threshold: '1000', packId: 'p5000', chargesPerCycleMax: 3 },
      }),
  },
  day({ random, pace, isLast }) {
    const tasks = Array.from(
      { length: about(random, 4 * pace) + (isLast ? 1 : 0) },
      (_, place): StoryTask => {
        const agentId = pickEvenly(random, Object.keys(agents) as (keyof typeof agents)[]);
        return {
          name: pickEvenly(random, agents[agentId]),
          memberId: pickEvenly(random, ['designer', 'writer', 'producer']),
          agentId,
          items: [{ model: pickEvenly(random, models) }],
          ends: isLast && place === 0 ? 'running' : random() < 0.04 ? 'failed' : 'completed',
          result: 'Ready. It is in the workspace.',
          error: 'The request was stopped after a minute.',
        };
      },
    );
    return {
      tasks,
      uses: [
        {
          agentId: 'Inbox',
          memberId: 'writer',
          source: 'automation',
          items: Array.from({ length: about(random, 9 * pace) }, () => ({ model: 'feather-2' })),
        },
        { memberId: 'designer', source: 'app', items: [counted('app_clones', about(random, pace))] },
      ].filter(({ items }) => items.length > 0),
    };
  },
};
