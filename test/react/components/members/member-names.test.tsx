import { cleanup, render } from '@testing-library/react';
import { ConnectedBrowsers } from '@usagekit/react';
import { afterEach, expect, it } from 'vitest';
import { browsers } from '../../../../sdk/gallery/fixtures/browsers.ts';
import { tasks } from '../../../../sdk/gallery/fixtures/tasks.ts';
import { ActivityLog } from '../../../../sdk/src/components/activity-log/index.ts';
import { TaskDrawer } from '../../../../sdk/src/components/task-table/drawer/task-drawer.tsx';
import { RareCell } from '../../../../sdk/src/components/task-table/table/rare-cell.tsx';
import { createFormat } from '../../../../sdk/src/format/create-format.ts';
import { taskTableMessages } from '../../../../sdk/src/messages/tasks/task-table.ts';

afterEach(cleanup);

const ada = { memberId: 'm-1', memberName: 'Ada Lovelace' };
const activity = {
  id: 'a-1',
  kind: 'credits_adjusted',
  description: '20 credits added',
  event: { kind: 'credits_adjusted', amount: '20', unit: 'credits' },
  reason: null,
  at: '2026-11-20T08:00:00.000Z',
} as const;
const [browser] = browsers as [(typeof browsers)[number]];
const [task] = tasks as [(typeof tasks)[number]];

const drawer = (member: object) => (
  <TaskDrawer
    task={{ ...task, ...member }}
    onClose={() => {}}
    format={createFormat()}
    messages={taskTableMessages}
  />
);

const row = (member: object) => (
  <RareCell
    column="member"
    task={{ ...task, ...member }}
    clock={{ atMs: 0, seenAtMs: 0, now: task.updatedAt }}
    format={createFormat()}
    messages={taskTableMessages}
  />
);

it.each([
  ['who did it', (member: typeof ada) => <ActivityLog data={[{ ...activity, ...member }]} />],
  ['whose browser it is', (member: typeof ada) => <ConnectedBrowsers data={[{ ...browser, ...member }]} />],
  ['whose task it is', drawer],
  ['whose task it is in a row', row],
])('F10: says %s by name, and by id where no name is known', (_, shown) => {
  render(shown(ada));
  expect(document.body).toHaveTextContent('Ada Lovelace');
  expect(document.body).not.toHaveTextContent('m-1');
  cleanup();
  render(shown({ memberId: 'm-1' } as typeof ada));
  expect(document.body).toHaveTextContent('m-1');
});
