import type { Page, Task } from '@usagekit/server/contract';
import { limits } from '@usagekit/server/contract';
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
    server.clock.advance(limits.holdLifetimeSecondsDefault * 1_000);
    expect((await server.get<Task>('/v1/tasks/t1?accountId=acme')).body.held).toBe('0');
    const list = await server.get<Page<Task>>('/v1/tasks?accountId=acme');
    expect(list.body.items.map(({ held }) => held)).toEqual(['0']);
  });
});
