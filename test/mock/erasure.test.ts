import { createUsageKitMock } from '@usagekit/react/testing';
import { type Erasure, type Page, paths, type Task } from '@usagekit/server/contract';
import { describe, expect, it, onTestFinished } from 'vitest';

const setUp = () => createUsageKitMock({ afterEach: onTestFinished });

describe('F19: erasure in the mock', () => {
  it('takes a member out of what the account shows, and leaves the figures', async () => {
    const mock = setUp();
    const get = <Answer>(path: string) => mock.backend.send<Answer>('GET', path);
    const before = await mock.account().credits();
    const proof = await mock.backend.send<Erasure>('POST', `${paths.member('acme', 'member')}/erase`, {});
    expect(proof).toMatchObject({ subject: 'member', status: 'done', accountId: 'acme' });
    const { items: tasks } = await get<Page<Task>>(`${paths.tasks}?accountId=acme&limit=200`);
    const members = new Set(tasks.map(({ memberId }) => memberId));
    expect([members.has('member'), members.has(proof.memberId)]).toEqual([false, true]);
    expect(await mock.account().credits()).toMatchObject({
      available: before.available,
      spentThisCycle: before.spentThisCycle,
    });
    await mock.assertInvariants();
  });

  it('ends the tokens of an account that is erased, and its other accounts and a reset go on', async () => {
    const mock = setUp();
    await mock.addAccount('globex', { planId: 'free' });
    const { token } = await mock.tokenFor();
    const headers = { Authorization: `Bearer ${token}` };
    await mock.backend.send('POST', `${paths.account('acme')}/erase`, {});
    expect((await mock.fetch(paths.credits('acme'), { headers })).status).toBeGreaterThanOrEqual(401);
    await expect(mock.account('globex').credits()).resolves.toMatchObject({ available: '100' });
    await mock.assertInvariants();
    await mock.reset();
    await expect(mock.account().credits()).resolves.toMatchObject({ available: '380' });
  });
});
