import type { Page, Task } from '@usagekit/server/contract';
import { createMemoryStore } from '@usagekit/server/memory';
import { expect, it } from 'vitest';
import type { Store } from '../../../server/src/store/store.ts';
import { readStream } from '../support/read-stream.ts';
import { createTestServer, type TestServer } from '../support/test-server.ts';

const exportPath = '/v1/accounts/acme/tasks/export';

async function serverWithTasks(names: readonly string[], store: Store = createMemoryStore()) {
  const server = createTestServer({ store });
  await server.account();
  for (const [place, name] of names.entries()) {
    server.clock.advance(1_000);
    await server.post('/v1/tasks', {
      accountId: 'acme',
      id: `t-${place}`,
      name,
      agentId: place % 2 === 0 ? 'writer' : 'reader',
    });
  }
  return server;
}

async function namesFound(server: TestServer, search: string, limit = 50) {
  const pages: string[][] = [];
  let cursor: string | null = null;
  do {
    const query = new URLSearchParams({ accountId: 'acme', search, limit: String(limit) });
    if (cursor !== null) query.set('cursor', cursor);
    const { body, status } = await server.get<Page<Task>>(`/v1/tasks?${query}`);
    expect(status).toBe(200);
    pages.push(body.items.map(({ name }) => name));
    cursor = body.nextCursor;
  } while (cursor !== null);
  return pages;
}

it('A10: finds tasks by a part of their name, id, agent or error, whatever the case of its letters', async () => {
  const server = await serverWithTasks(['Weekly report', 'Inbox', 'Monthly REPORT', 'Survey']);
  expect((await namesFound(server, 'report')).flat()).toEqual(['Monthly REPORT', 'Weekly report']);
  expect((await namesFound(server, ' T-1 ')).flat()).toEqual(['Inbox']);
  expect((await namesFound(server, 'READ')).flat()).toEqual(['Survey', 'Inbox']);
  const failed = { accountId: 'acme', status: 'failed', error: 'The mailbox is full' };
  await server.send('PATCH', '/v1/tasks/t-1', { accountId: 'acme', status: 'in_progress' });
  await server.send('PATCH', '/v1/tasks/t-1', failed);
  expect((await namesFound(server, 'mailbox')).flat()).toEqual(['Inbox']);
  expect((await server.get('/v1/tasks?accountId=acme&search=')).status).toBe(400);
});

it('A10: finds each task of a search once, page by page, and looks through a bounded number a page', async () => {
  const names = Array.from({ length: 300 }, (_, place) =>
    place % 90 === 7 ? `Rare ${place}` : `Task ${place}`,
  );
  const store = createMemoryStore();
  const server = await serverWithTasks(names, store);
  let readTasks = 0;
  const { listTasks } = store;
  store.listTasks = async (filter, page) => {
    readTasks += page.limit;
    return listTasks.call(store, filter, page);
  };
  const pages = await namesFound(server, 'rare', 2);
  expect(pages.flat()).toEqual(['Rare 277', 'Rare 187', 'Rare 97', 'Rare 7']);
  expect(pages.length).toBeGreaterThan(2);
  expect(readTasks / pages.length).toBeLessThanOrEqual(80);
});

it('A10: exports every task of a filter as CSV in which no cell is a formula', async () => {
  const names = Array.from({ length: 450 }, (_, place) => `Task ${place}`);
  const server = await serverWithTasks([...names, '=HYPERLINK("http://x.test")', 'Says "hello", twice']);
  const { status, headers, text } = await server.get(exportPath);
  expect([status, headers.get('content-type'), headers.get('content-disposition')]).toEqual([
    200,
    'text/csv; charset=utf-8',
    'attachment; filename="tasks.csv"',
  ]);
  const [head, newest, formula, ...rest] = text.trimEnd().split('\r\n');
  expect(head).toMatch(/^\uFEFF?id,name,status,agentId/);
  expect(newest).toContain('"Says ""hello"", twice"');
  expect(formula).toContain(`"'=HYPERLINK(""http://x.test"")"`);
  expect(rest.map((line) => line.split(',')[1])).toEqual(names.toReversed());
  const some = await server.get(`${exportPath}?search=task%204&agentId=writer`);
  expect(some.text.trimEnd().split('\r\n')).toHaveLength(1 + 31);
});

it('A10: exports who and what each task was for, with the key that asked for it', async () => {
  const server = createTestServer();
  await server.account();
  const about = { projectId: 'site', workspaceId: 'emea', apiKeyId: 'key-7', category: 'agent' };
  const made = { accountId: 'acme', id: 't1', name: 'Brief', agentId: 'writer', ...about };
  expect((await server.post('/v1/tasks', made)).status).toBe(201);
  const cellsOf = async (path: string) => {
    const [head = '', row = ''] = (await server.get(path)).text.replace('\uFEFF', '').split('\r\n');
    const cells = row.split(',');
    return Object.fromEntries(head.split(',').map((column, place) => [column, cells[place]]));
  };
  expect(await cellsOf(exportPath)).toMatchObject({ id: 't1', agentId: 'writer', ...about });
  expect(await cellsOf('/v1/accounts/acme/export/tasks')).toMatchObject({
    id: 't1',
    agent_id: 'writer',
    project_id: 'site',
    workspace_id: 'emea',
    api_key_id: 'key-7',
    category: 'agent',
  });
});

it('A10: reads the tasks of an export as they are taken, and no more once nobody takes them', async () => {
  const store = createMemoryStore();
  const server = await serverWithTasks(
    Array.from({ length: 450 }, (_, place) => `Task ${place}`),
    store,
  );
  let reads = 0;
  const { listTasks } = store;
  store.listTasks = async (filter, page) => {
    reads += 1;
    return listTasks.call(store, filter, page);
  };
  const token = await server.member('acme', 'ann', { role: 'owner' });
  const response = await server.app.fetch(
    new Request(`http://usage.test${exportPath}`, { headers: { authorization: `Bearer ${token}` } }),
  );
  expect(reads).toBe(0);
  const reader = (response.body as ReadableStream<Uint8Array>).getReader();
  await reader.read();
  expect(reads).toBe(1);
  await reader.cancel();
  expect(reads).toBe(1);
});

it("E1, E4: an export holds a member's own tasks, with costs for those who may see them", async () => {
  const server = createTestServer();
  await server.account();
  const token = async (id: string, role: 'viewer' | 'member') => {
    return server.member('acme', id, { role });
  };
  const [ann, bob] = [await token('ann', 'viewer'), await token('bob', 'member')];
  for (const memberId of ['ann', 'bob']) {
    const { body } = await server.post<Task>('/v1/tasks', {
      accountId: 'acme',
      name: memberId,
      memberId,
      status: 'in_progress',
    });
    await server.send(
      'PATCH',
      `/v1/tasks/${body.id}`,
      { accountId: 'acme', items: [{ tool: 'search', calls: 1 }] },
      { key: `of-${memberId}` },
    );
  }
  const lines = async (token: string, query = '') =>
    (await server.get(`${exportPath}${query}`, token)).text.trimEnd().split('\r\n').slice(1);
  expect((await lines(bob)).map((line) => [line.split(',')[1], line.split(',')[10]])).toEqual([['bob', '2']]);
  expect((await lines(ann)).map((line) => [line.split(',')[1], line.split(',')[10]])).toEqual([['ann', '']]);
  expect((await server.get(`${exportPath}?memberId=ann`, bob)).status).toBe(403);
});

it('F10: names the member of each task in the list and in what the stream carries, as the answer of one task does', async () => {
  const server = createTestServer();
  await server.account();
  const mia = await server.member('acme', 'mia', { name: 'Mia Wong' });
  const stream = await readStream(server, 'acme', mia);
  await stream.next();
  await server.post('/v1/tasks', { accountId: 'acme', id: 't-1', name: 'Report', memberId: 'mia' });
  expect(await stream.next()).toMatchObject({ moved: { tasks: [{ id: 't-1', memberName: 'Mia Wong' }] } });
  await stream.leave();
  await server.post('/v1/tasks', { accountId: 'acme', id: 't-2', name: 'Inbox' });
  const { body } = await server.get<Page<Task>>('/v1/tasks?accountId=acme');
  expect(body.items.map(({ memberName }) => memberName)).toEqual([undefined, 'Mia Wong']);
});
