import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { publishPackage } from '../../types/published-package.ts';
import type { Bench } from '../bench.ts';

const files = 50;
const rounds = 2;
const vitest = fileURLToPath(new URL('../../../node_modules/vitest/vitest.mjs', import.meta.url));

/** Each file renders the same widget three times in jsdom; what answers is the mock, or handlers that were written by hand. */
export const bench: Bench = {
  name: 'mock-in-vitest',
  description: `1.1 times the processor time of ${files} Vitest files on hand-written handlers, against that of the same files on the mock`,
  target: 1,
  async measure() {
    const published = publishPackage('sdk', ['jsdom', '@types/node']);
    try {
      const byHand = folderOf(published.hostFolder, 'by-hand', handWritten);
      const onMock = folderOf(published.hostFolder, 'on-mock', mocked);
      const seconds = { byHand: [] as number[], onMock: [] as number[] };
      for (let round = 0; round < rounds; round += 1) {
        seconds.byHand.push(processorSeconds(published.hostFolder, byHand));
        seconds.onMock.push(processorSeconds(published.hostFolder, onMock));
      }
      const [hand, mock] = [Math.min(...seconds.byHand), Math.min(...seconds.onMock)];
      return {
        ratio: (1.1 * hand) / mock,
        figures: { 'processor seconds by hand': hand, 'processor seconds on the mock': mock },
      };
    } finally {
      published.remove();
    }
  },
};

function folderOf(host: string, name: string, text: string): string {
  mkdirSync(join(host, name));
  for (let file = 0; file < files; file += 1) writeFileSync(join(host, name, `file-${file}.test.jsx`), text);
  return name;
}

/** User and system time of the run and of all that it started. */
function processorSeconds(host: string, folder: string): number {
  const command = `TIMEFORMAT='%U %S'; time ${process.execPath} ${vitest} run --dir ${folder} --environment jsdom >/dev/null 2>run.log || cat run.log`;
  const { stderr, stdout, status } = spawnSync('bash', ['-c', command], { cwd: host, encoding: 'utf8' });
  const times = stderr.trim().split('\n').at(-1)?.split(' ').map(Number) ?? [];
  if (status !== 0 || times.length !== 2 || stdout !== '')
    throw new Error(`The files failed: ${stdout}${stderr}`);
  return (times[0] ?? 0) + (times[1] ?? 0);
}

const shown = `
import { CreditBalance } from '@usagekit/react/credit-balance';
import { expect, it, vi } from 'vitest';
const seen = async (container) => vi.waitFor(() => expect(container.textContent).toContain('380'), 10_000);
`;

const mocked = `${shown}
import { createUsageKitMock, renderWithUsageKit } from '@usagekit/react/testing';
for (const role of ['owner', 'admin', 'member'])
  it(role, async () => {
    const { container, unmount, mock } = renderWithUsageKit(<CreditBalance />, { role });
    await seen(container);
    unmount();
    await mock.close();
  });
`;

const handWritten = `${shown}
import { createClient, UsageKitProvider } from '@usagekit/react';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { act } from 'react';
import { createRoot } from 'react-dom/client';
import { afterAll, beforeAll } from 'vitest';
globalThis.IS_REACT_ACT_ENVIRONMENT = true;
const asOf = '2026-11-20T12:00:00.000Z';
const credits = { unit: 'credits', available: '380', held: '0', debt: '0', grants: [], nextToExpire: null,
  nextReset: null, pace: null, spentThisCycle: '620', recent: [], canPurchase: true, asOf };
const server = setupServer(
  http.get('https://usage.test/v1/accounts/acme/credits', () => HttpResponse.json(credits)),
  http.all('https://usage.test/*', () => new HttpResponse(null, { status: 404 })),
);
beforeAll(() => server.listen());
afterAll(() => server.close());
for (const memberId of ['owner', 'admin', 'member'])
  it(memberId, async () => {
    const getToken = async () => ({ token: 'token', expiresAt: '2027-01-01T00:00:00.000Z' });
    const client = createClient({ baseUrl: 'https://usage.test', getToken });
    const container = document.body.appendChild(document.createElement('div'));
    const root = createRoot(container);
    act(() => root.render(
      <UsageKitProvider client={client} session={{ accountId: 'acme', memberId }}><CreditBalance /></UsageKitProvider>,
    ));
    await seen(container);
    act(() => root.unmount());
  });
`;
