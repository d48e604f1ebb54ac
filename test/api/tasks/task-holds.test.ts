import type { Page, Task } from '@usagekit/server/contract';
import { apiBounds } from '@usagekit/server/contract';
import { describe, expect, it } from 'vitest';
import { createTestServer } from '../support/test-server.ts';

describe('a task whose hold has ended by time', () => {
  it('F3: shows nothing held any more, by itself and in the list, though nobody has written to it', async () => {
    const server = createTestServer();
    await server.account();
    const started = await server.post<Task>('/v1/tasks', {
      accountId: 'acme',
      id: 't1',
      name: 'Search',
      status: 'in_progress',
      estimate: [{ tool: 'search', calls: 5 }],
    });
    expect(started.body.held).toBe('10');
    server.clock.advance(apiBounds.taskHoldLifetimeSeconds * 1_000);
    expect((await server.get<Task>('/v1/tasks/t1?accountId=acme')).body.held).toBe('0');
    const list = await server.get<Page<Task>>('/v1/tasks?accountId=acme');
    expect(list.body.items.map(({ held }) => held)).toEqual(['0']);
  });
});

describe('the hold of a running task', () => {
  it('L402: lasts on with each change of the task, so that nobody else spends what a long one set aside', async () => {
    const server = createTestServer();
    await server.account();
    const task = await server.post<Task>('/v1/tasks', {
      accountId: 'acme',
      id: 'long',
      name: 'Long',
      status: 'in_progress',
      estimate: [{ tool: 'search', calls: 5 }],
    });
    expect(task.status).toBe(201);
    const dayMs = 86_400_000;
    server.clock.advance(1.05 * dayMs);
    const rest = await server.post('/v1/consume', {
      accountId: 'acme',
      items: [{ tool: 'search', calls: 45 }],
    });
    expect(rest.status).toBe(200);
    for (let week = 0; week < 6; week++) {
      server.clock.advance(3 * dayMs);
      const told = await server.send<Task>('PATCH', '/v1/tasks/long', {
        accountId: 'acme',
        result: `${week}`,
      });
      expect([told.status, told.body.held]).toEqual([200, '10']);
    }
    const done = await server.send<Task>(
      'PATCH',
      '/v1/tasks/long',
      { accountId: 'acme', status: 'completed', items: [{ tool: 'search', calls: 5 }] },
      { key: 'done' },
    );
    expect([done.status, done.body.cost]).toEqual([200, '10']);
  });
});
