import { catalogTemplates } from '@usagekit/server/catalogs';
import { pickEvenly } from '../seed/seeded-random.ts';
import { about, counted, request, type Story, type StoryTask } from './story.ts';

const projects = ['price-feed', 'tender-watch', 'invoice-intake'] as const;

/** A team on Developer that uses more than is included, with a limit and alerts of its own. */
export const automationStory: Story = {
  name: 'Automation platform',
  catalog: catalogTemplates.automation,
  account: {
    id: 'tidewater',
    name: 'Tidewater Data',
    timeZone: 'Europe/London',
    kind: 'organization',
    planId: 'developer',
    signUpCreditEligible: true,
  },
  members: [
    { id: 'engineering-lead', name: 'Engineering lead', role: 'owner' },
    { id: 'platform', name: 'Platform', role: 'manager' },
    { id: 'data-engineer', name: 'Data engineer', role: 'member' },
    { id: 'on-call', name: 'On call', role: 'member' },
  ],
  decisions: {
    20: ({ usage, accountId }) =>
      usage.request('PUT /v1/accounts/:accountId/limits/:metric', {
        params: { accountId, metric: 'xlarge_hours' },
        body: { limit: '25' },
      }),
    21: async ({ usage, accountId }) => {
      await usage.request('PUT /v1/accounts/:accountId/alerts/:metric', {
        params: { accountId, metric: 'compute_hours' },
        body: { amounts: ['80', '120'] },
      });
      await usage.request('PUT /v1/accounts/:accountId/alert-email', {
        params: { accountId },
        body: { email: 'platform@example.com' },
      });
    },
  },
  day({ random, pace, isLast }) {
    const tasks = Array.from(
      { length: about(random, 3 * pace) + (isLast ? 1 : 0) },
      (_, place): StoryTask => {
        const projectId = pickEvenly(random, projects);
        const failed = random() < 0.07;
        return {
          name: `Nightly run of ${projectId}`,
          memberId: pickEvenly(random, ['data-engineer', 'on-call']),
          agentId: 'Runner',
          projectId,
          apiKeyId: 'scheduler',
          items: [counted('job_runs', 1), request(random, 'sonnet', 14_000, 1_600)],
          ends: isLast && place === 0 ? 'running' : failed ? 'failed' : 'completed',
          ...(failed
            ? { error: 'The site answered with an error page.' }
            : { result: 'All pages were read; nine rows are new.' }),
        };
      },
    );
    return {
      tasks,
      uses: projects.map((projectId, place) => ({
        projectId,
        apiKeyId: place === 0 ? 'production' : 'staging',
        memberId: 'data-engineer',
        source: 'automation',
        items: [
          { metric: 'compute_hours', quantity: (about(random, 19 * pace) / 10).toFixed(1) },
          counted('job_runs', about(random, 62 * pace)),
          counted('captcha_solves', about(random, 1.4 * pace)),
          ...(place === 0
            ? [{ metric: 'large_hours', quantity: (about(random, 9 * pace) / 10).toFixed(1) }]
            : []),
          ...(place === 1
            ? [{ metric: 'xlarge_hours', quantity: (about(random, 3 * pace) / 10).toFixed(1) }]
            : []),
          ...(place === 2 ? [counted('pdf_pages', about(random, 24 * pace))] : []),
          request(random, 'haiku', 40_000 * pace, 6_000 * pace),
        ],
      })),
    };
  },
};
