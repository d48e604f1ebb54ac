import { catalogTemplates } from '@usagekit/server/catalogs';
import { pick, pickEvenly } from '../seed/seeded-random.ts';
import { about, counted, request, type Story, type StoryTask, stands } from './story.ts';

/** Model and weight of each category of AI use. */
const categories = {
  email: ['base', 3],
  chips: ['mini', 4],
  summary: ['flash', 3],
  agent: ['thinker', 0.6],
  coaching: ['thinker', 0.3],
  chat: ['base', 2],
} as const;

/** A sales team on Growth: an AI budget in dollars, meters in three groups, two kinds of seats. */
export const crmStory: Story = {
  name: 'CRM',
  catalog: catalogTemplates.crm,
  account: {
    id: 'alder-supply',
    name: 'Alder Supply',
    timeZone: 'America/Chicago',
    kind: 'organization',
    planId: 'growth',
  },
  members: [
    { id: 'head-of-sales', name: 'Head of sales', role: 'admin' },
    { id: 'team-lead', name: 'Team lead', role: 'manager' },
    { id: 'account-executive', name: 'Account executive', role: 'member' },
    { id: 'development-rep', name: 'Development rep', role: 'member' },
    { id: 'partner', name: 'Partner', role: 'viewer' },
  ],
  decisions: {
    3: ({ usage, accountId }) =>
      usage.request('PUT /v1/accounts/:accountId/seats/:seatType', {
        params: { accountId, seatType: 'power' },
        body: { quantity: 2 },
      }),
    50: ({ buyer }) => buyer.buyPack('ai25'),
    90: ({ usage, accountId }) =>
      usage.putMember(accountId, 'account-executive', {
        name: 'Account executive',
        role: 'member',
        allocations: { ai_tokens: '2500000', enrichments: '120' },
      }),
  },
  day({ index, random, pace, isLast }) {
    const ids = Object.keys(categories) as (keyof typeof categories)[];
    const choices = ids.map((id) => [id, categories[id][1]] as const);
    const tasks = Array.from(
      { length: about(random, 3 * pace) + (isLast ? 1 : 0) },
      (_, place): StoryTask => {
        const category = pick(random, choices);
        return {
          name: pickEvenly(random, [
            'Draft a follow-up',
            'Summarize the call',
            'Prepare the renewal',
            'Score new leads',
          ]),
          memberId: pickEvenly(random, ['account-executive', 'development-rep']),
          agentId: 'Assistant',
          category,
          items: [request(random, categories[category][0], 9_000, 1_100)],
          ends: isLast && place === 0 ? 'running' : random() < 0.05 ? 'failed' : 'completed',
          result: 'Saved with the contact.',
          error: 'The contact was locked by somebody else.',
        };
      },
    );
    return {
      tasks,
      uses: [
        ...ids.map((category) => ({
          category,
          memberId: pickEvenly(random, ['account-executive', 'development-rep', 'team-lead']),
          source: 'app',
          items: [
            request(random, categories[category][0], 8_000 * pace * categories[category][1], 900 * pace),
          ],
        })),
        {
          memberId: 'account-executive',
          items: [
            counted('emails', about(random, 190 * pace)),
            counted('enrichments', about(random, 4 * pace)),
          ],
        },
        {
          memberId: 'development-rep',
          items: [
            counted('enrichments', about(random, 15 * pace)),
            counted('workflow_runs', about(random, 140 * pace)),
            counted('lead_captures', about(random, 46 * pace)),
            counted('api_calls', about(random, 2_100 * pace)),
            ...(index % 9 === 0 ? [counted('import_rows', about(random, 3_400))] : []),
            ...(index % 7 === 0 ? [counted('export_rows', about(random, 1_900))] : []),
            stands('contacts', 7_300 + 17 * index),
            stands('companies', 1_900 + 6 * index),
            stands('storage', 22 + Math.round(index / 6)),
          ],
        },
      ],
    };
  },
};
