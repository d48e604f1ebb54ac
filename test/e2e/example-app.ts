import type { UsageKitMock } from '@usagekit/react/testing';
import { expect, it } from 'vitest';

/** An example app that runs, and the server that it asks. */
export interface RunningExample {
  readonly url: string;
  readonly serverUrl: string;
  readonly mock: UsageKitMock;
}

const as = (member: string) => ({ Cookie: `session=${member}` });

/** Puts an account that runs low, with who may sign in at the examples. */
export async function prepareExamples(mock: UsageKitMock): Promise<void> {
  await mock.reset('lowCredits');
  await mock.backend.putMember('acme', 'ann', { role: 'owner' });
  await mock.backend.putMember('acme', 'vic', { role: 'viewer' });
}

/** What every example app does, whatever its framework. */
export function itIsAnExampleApp(running: () => RunningExample): void {
  it('gives a token to whoever is signed in, and to nobody else', async () => {
    const { url, serverUrl } = running();
    const ask = (headers: Record<string, string>) =>
      fetch(`${url}/api/usagekit/token`, { method: 'POST', headers });
    expect((await ask({})).status).toBe(401);
    const { token } = await (await ask(as('ann'))).json();
    const whoami = await fetch(`${serverUrl}/v1/whoami`, { headers: { Authorization: `Bearer ${token}` } });
    expect(await whoami.json()).toMatchObject({ accountId: 'acme', memberId: 'ann', role: 'owner' });
  });

  it('passes requests on as the signed-in member, whose role decides', async () => {
    const { url } = running();
    const credits = (member: string) =>
      fetch(`${url}/api/usagekit/v1/accounts/acme/credits`, { headers: as(member) });
    expect(await (await credits('ann')).json()).toMatchObject({ available: expect.any(String) });
    expect((await credits('vic')).status).toBe(403);
  });

  it('passes a stream on piece by piece, which nothing on the way may gather', async () => {
    const { url, mock } = running();
    const leaving = new AbortController();
    const response = await fetch(`${url}/api/usagekit/v1/accounts/acme/stream`, {
      headers: { ...as('ann'), Accept: 'text/event-stream' },
      signal: leaving.signal,
    });
    expect(response.headers.get('Cache-Control')).toContain('no-transform');
    const reader = response.body?.getReader();
    expect(new TextDecoder().decode((await reader?.read())?.value)).toMatch(/^data: /);
    await mock.account().spend(1);
    expect(new TextDecoder().decode((await reader?.read())?.value)).toContain('credits');
    leaving.abort();
    await expect.poll(() => mock.openStreams()).toBe(0);
  });

  it('asks the gate before it does what costs something, and says why it does not', async () => {
    const { url, mock } = running();
    await prepareExamples(mock);
    const ask = (member: string) => fetch(`${url}/api/ask`, { method: 'POST', headers: as(member) });
    const answer = await ask('ann');
    expect(await answer.json()).toEqual({ answer: 'It depends.', credits: '10' });
    await mock.account().spendDownTo(5);
    const owner = await ask('ann');
    expect(owner.status).toBe(402);
    expect(await owner.json()).toMatchObject({ code: 'insufficient_credits', refusal: { available: '5' } });
    const viewer = await ask('vic');
    expect(viewer.status).toBe(402);
    expect(await viewer.json()).not.toHaveProperty('refusal.available');
    expect((await ask('nobody')).status).toBe(401);
  });
}
