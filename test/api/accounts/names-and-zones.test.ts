import type { Account, Problem } from '@usagekit/server/contract';
import { describe, expect, it } from 'vitest';
import { createTestServer } from '../support/test-server.ts';

const details = { addressLines: [], taxId: null, email: null };

describe('a name', () => {
  it.each([
    ['of blanks', '   '],
    ['of blanks that have no width', '\u200b\u2060'],
    ['of two lines', 'Acme\nInc'],
    ['of two lines by a separator', 'Acme\u2028Inc'],
    ['with a tab', 'Acme\tInc'],
    ['with a control character', 'Acme\u0007'],
    ['with half a character', 'Acme \ud83d'],
  ])('is refused %s, wherever one is given', async (_what, name) => {
    const server = createTestServer();
    await server.account();
    const given = [
      server.put<Problem>('/v1/accounts/globex', { name }),
      server.put<Problem>('/v1/accounts/acme', { name }),
      server.put<Problem>('/v1/accounts/acme/members/ada', { name }),
      server.post<Problem>('/v1/accounts/acme/members', { id: 'ben', role: 'member', name }),
      server.post<Problem>('/v1/accounts/acme/grants', { amount: '5', label: name }),
      server.post<Problem>('/v1/keys', { kind: 'secret', label: name }),
      server.put<Problem>('/v1/accounts/acme/billing-details', { ...details, name }),
      server.post<Problem>('/v1/accounts/acme/invoice-lines', { subject: name, amount: '5' }),
    ];
    for (const { status, body } of await Promise.all(given)) {
      expect([status, body.invalidParameters?.map(({ pointer }) => pointer)]).toEqual([
        400,
        [expect.stringMatching(/^\/(name|label|subject)$/)],
      ]);
      expect(body.invalidParameters?.[0]?.accepted).toContain('one line');
    }
  });

  it.each([
    'Ünïcode & Söhne',
    'شركة المثال',
    '東京株式会社',
    '👩‍🚀 Space',
    '7',
    '…',
    'O’Neill <b>',
    '\u200fאבג',
  ])('is kept as it is: %s', async (name) => {
    const server = createTestServer();
    const made = await server.put<Account>('/v1/accounts/globex', { name });
    expect([made.status, made.body.name]).toEqual([201, name]);
  });
});

it('writes a time zone as IANA does, whatever its case came in', async () => {
  const server = createTestServer();
  const made = await server.put<Account>('/v1/accounts/globex', { timeZone: 'europe/berlin' });
  expect(made.body.timeZone).toBe('Europe/Berlin');
  const again = await server.put<Account>('/v1/accounts/globex', { timeZone: 'EUROPE/BERLIN' });
  expect([again.status, again.body.timeZone]).toEqual([200, 'Europe/Berlin']);
  const none = await server.put<Problem>('/v1/accounts/globex', { timeZone: 'Europe/Bonn' });
  expect(none.body.invalidParameters?.[0]?.accepted).toBe('an IANA time zone such as Europe/Berlin');
});
