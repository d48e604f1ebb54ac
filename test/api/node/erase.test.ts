import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Erasure } from '@usagekit/server/contract';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { catalog, erased, fillAccount, senderTo } from '../../store/erasures/filled-account.ts';
import { type ServedProcess, servedKey, startServed } from '../../store/served/served-process.ts';
import { usagekit } from '../support/command-line.ts';

const folder = mkdtempSync(join(tmpdir(), 'usagekit-erase-command-'));
const database = join(folder, 'usage.db');
let server: ServedProcess;
beforeAll(async () => {
  const catalogFile = join(folder, 'catalog.json');
  writeFileSync(catalogFile, JSON.stringify(catalog));
  server = await startServed(database, catalogFile);
});
afterAll(async () => {
  await server.kill();
  rmSync(folder, { recursive: true, force: true });
});

const environment = { USAGEKIT_SECRET_KEY: servedKey };

it('F19: usagekit erase takes a member, or an account, and prints the proof', async () => {
  const send = senderTo((request) => {
    const { pathname, search } = new URL(request.url);
    const headers = new Headers(request.headers);
    headers.set('authorization', `Bearer ${servedKey}`);
    return request.text().then((body) =>
      fetch(`${server.url}${pathname}${search}`, {
        method: request.method,
        headers,
        ...(body === '' ? {} : { body }),
      }),
    );
  });
  await fillAccount(send, 'acme', Date.now());
  const to = ['--server', server.url];
  const ofMember = await usagekit(
    ['erase', 'acme', '--member', erased.id, '--texts', erased.email, ...to],
    environment,
  );
  expect([ofMember.code, ofMember.err]).toEqual([0, '']);
  const proof = JSON.parse(ofMember.out) as Erasure;
  expect([proof.status, proof.subject, proof.traces]).toEqual(['done', 'member', 'none']);
  const ofAccount = await usagekit(['erase', 'acme', '--invoices', 'erase', ...to], environment);
  expect(JSON.parse(ofAccount.out)).toMatchObject({ status: 'done', subject: 'account' });
  expect((await usagekit(['erase', 'acme', ...to], environment)).err).toContain("There is no account 'acme'");
});

it.each([
  [['acme', '--texts', 'Ada'], '--texts goes with --member.'],
  [['acme', '--invoices', 'burn'], "--invoices: 'burn' is neither keep nor erase."],
  [['acme', '--member', 'ada', '--invoices', 'keep'], '--invoices goes with an account as a whole.'],
])('says how it is typed right for %j', async (line, message) => {
  expect((await usagekit(['erase', ...line, '--server', server.url], environment)).err).toContain(message);
});
