/** The frameworks that `usagekit init` can set up; `none` writes only the catalog. */
export const frameworks = ['next', 'vite', 'express', 'hono', 'none'] as const;
export type Framework = (typeof frameworks)[number];

export interface ProjectFile {
  /** Below the project's folder. */
  readonly path: string;
  readonly text: string;
}

export interface Project {
  readonly files: readonly ProjectFile[];
  readonly packages: readonly string[];
  readonly devPackages: readonly string[];
  /** The steps left to do by hand, in order, one sentence each. */
  readonly steps: readonly string[];
}

/**
 * The files for a project of a framework: the routes that the widgets call, a provider around them, and a first test on the mock.
 *
 * @param sourceFolder where the project keeps its sources, `src/` or nothing
 */
export function projectOf(framework: Framework, sourceFolder: '' | 'src/'): Project {
  return projects[framework](sourceFolder);
}

const projects: Readonly<Record<Framework, (sourceFolder: '' | 'src/') => Project>> = {
  next: (source) => ({
    files: [
      { path: `${source}lib/usagekit.ts`, text: handlerText },
      {
        path: `${source}app/api/usagekit/[...path]/route.ts`,
        text: `import { toNextRoute } from '@usagekit/node/handlers';
import { usageKit } from '../../../../lib/usagekit';

export const { GET, POST, PUT, PATCH, DELETE } = toNextRoute(usageKit);
// The remaining amount changes from request to request.
export const dynamic = 'force-dynamic';
`,
      },
      { path: `${source}app/usagekit-provider.tsx`, text: `'use client';\n\n${providerText}` },
      { path: `${source}app/usage.test.tsx`, text: widgetTestText },
    ],
    packages: ['@usagekit/react', '@usagekit/node'],
    devPackages: widgetTestPackages,
    steps: [
      'Give your backend the secret key that the server prints the first time: USAGEKIT_SECRET_KEY=sk_test_… in .env.local',
      `Put <UsageKit accountId="acme" memberId="member-1"> of ${source}app/usagekit-provider.tsx around what shows usage, and <CreditBalance /> of '@usagekit/react/credit-balance' into it.`,
      `Say in ${source}lib/usagekit.ts who is signed in, by your own session. Until then it is the example above.`,
    ],
  }),
  vite: () => ({
    files: [
      { path: 'backend/usagekit.ts', text: handlerText },
      {
        path: 'backend/server.ts',
        text: `import { createServer } from 'node:http';
import { toNodeListener } from '@usagekit/node/handlers/node';
import { usageKit } from './usagekit.ts';

createServer(toNodeListener(usageKit)).listen(3000);
`,
      },
      { path: 'src/usagekit-provider.tsx', text: providerText },
      { path: 'src/usage.test.tsx', text: widgetTestText },
    ],
    packages: ['@usagekit/react', '@usagekit/node'],
    devPackages: widgetTestPackages,
    steps: [
      'Start your backend with the secret key that the server prints the first time: USAGEKIT_SECRET_KEY=sk_test_… node backend/server.ts',
      "Let Vite send it what the widgets ask: server: { proxy: { '/api': 'http://127.0.0.1:3000' } } in vite.config.ts",
      `Put <UsageKit accountId="acme" memberId="member-1"> of src/usagekit-provider.tsx around what shows usage, and <CreditBalance /> of '@usagekit/react/credit-balance' into it.`,
      'Say in backend/usagekit.ts who is signed in, by your own session. Until then it is the example above.',
    ],
  }),
  express: (source) => ({
    files: [
      { path: `${source}usagekit.ts`, text: handlerText },
      { path: `${source}usagekit.test.ts`, text: backendTestText },
    ],
    packages: ['@usagekit/node'],
    devPackages: ['@usagekit/react', 'vitest'],
    steps: [
      'Give your backend the secret key that the server prints the first time: USAGEKIT_SECRET_KEY=sk_test_…',
      "Mount it: app.use('/api/usagekit', toExpress(usageKit)), from '@usagekit/node/handlers/node'.",
      "Ask before a route does what costs something: const gate = await usageKit.gate(toWebRequest(request), { items: [{ metric: … }] }), with toWebRequest from '@usagekit/node/handlers/node'.",
      `Say in ${source}usagekit.ts who is signed in, by your own session. Until then it is member-1 of the account acme.`,
    ],
  }),
  hono: (source) => ({
    files: [
      { path: `${source}usagekit.ts`, text: handlerText },
      { path: `${source}usagekit.test.ts`, text: backendTestText },
    ],
    packages: ['@usagekit/node'],
    devPackages: ['@usagekit/react', 'vitest'],
    steps: [
      'Give your backend the secret key that the server prints the first time: USAGEKIT_SECRET_KEY=sk_test_…',
      "Mount it: app.all('/api/usagekit/*', toHono(usageKit)), from '@usagekit/node/handlers'.",
      'Ask before a route does what costs something: const gate = await usageKit.gate(context.req.raw, { items: [{ metric: … }] }).',
      `Say in ${source}usagekit.ts who is signed in, by your own session. Until then it is member-1 of the account acme.`,
    ],
  }),
  none: () => ({ files: [], packages: [], devPackages: [], steps: [] }),
};

const widgetTestPackages = ['vitest', 'jsdom', '@testing-library/react'];

const handlerText = `import { createUsageKitHandler } from '@usagekit/node/handlers';

/** The routes that the widgets ask, and the gate for your own routes. The secret key stays here. */
export const usageKit = createUsageKitHandler({
  url: process.env.USAGEKIT_URL ?? 'http://127.0.0.1:4310',
  key: process.env.USAGEKIT_SECRET_KEY ?? '',
  identify: async () => {
    // Ask your own session who is signed in: { accountId, memberId, role }, or null where nobody is.
    if (process.env.NODE_ENV === 'production') throw new Error('UsageKit does not know yet who is signed in.');
    await exampleCustomer();
    return { accountId: 'acme', memberId: 'member-1', role: 'owner' };
  },
  // Put your own log here. The browser is not told the reason.
  onError: (error) => console.error(error),
});

/** Call it where a customer signs up: who is billed, and who works there. A second call changes nothing. */
export async function addCustomer(accountId: string, memberId: string): Promise<void> {
  await usageKit.client.ensureAccount(accountId);
  await usageKit.client.ensureMember(accountId, memberId, { role: 'owner' });
}

let isExampleThere = false;

/** For your first look only. Remove it when you have your own sign-up. */
async function exampleCustomer(): Promise<void> {
  if (isExampleThere) return;
  await addCustomer('acme', 'member-1');
  isExampleThere = true;
}
`;

const providerText = `import { createClient, UsageKitProvider } from '@usagekit/react/provider';
import { type ReactNode, useMemo } from 'react';
import '@usagekit/react/styles.css';

// On your own origin: the route of your backend adds the token. Where a page is made on the server nothing is asked.
const client = createClient({ baseUrl: '/api/usagekit' });

/** Around every widget: whose usage it shows. */
export function UsageKit(props: { accountId: string; memberId: string; children: ReactNode }) {
  const { accountId, memberId, children } = props;
  const session = useMemo(() => ({ accountId, memberId }), [accountId, memberId]);
  return (
    <UsageKitProvider client={client} session={session}>
      {children}
    </UsageKitProvider>
  );
}
`;

const widgetTestText = `// @vitest-environment jsdom
import { screen } from '@testing-library/react';
import { CreditBalance } from '@usagekit/react/credit-balance';
import { createUsageKitMock, renderWithUsageKit } from '@usagekit/react/testing';
import { expect, it, onTestFinished } from 'vitest';

it('says what is left, and moves when something is spent', async () => {
  // The real server in memory; its times stand still until the test moves them.
  const mock = createUsageKitMock({ scenario: 'nearLimit', afterEach: onTestFinished });
  renderWithUsageKit(<CreditBalance />, { mock, role: 'owner' });
  expect(await screen.findByRole('heading', { name: /credits/i })).toBeTruthy();
  await mock.outOfCredits();
  expect(await screen.findByText(/out of credits/i)).toBeTruthy();
});
`;

const backendTestText = `import { createUsageKitClient } from '@usagekit/node';
import { createUsageKitMock } from '@usagekit/react/testing';
import { expect, it, onTestFinished } from 'vitest';

it('is refused when the credits are out', async () => {
  // The real server in memory; its times stand still until the test moves them.
  const mock = createUsageKitMock({ scenario: 'outOfCredits', afterEach: onTestFinished });
  const usage = createUsageKitClient({ url: 'https://usage.test', key: mock.secretKey, fetch: mock.fetch });
  const run = await usage.consume({ ...mock.session(), items: [{ tool: 'work', calls: 1 }] });
  expect(run.allowed).toBe(false);
});
`;
