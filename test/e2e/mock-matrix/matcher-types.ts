import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

const calls = `
  expect(mock).toHaveConsumed({ tool: 'search', amount: 3, times: 1 });
  expect(mock).not.toHaveConsumed({ metric: 'emails' });
  const later: Promise<void> = expect(mock).toHaveAvailable(377, 'acme');
  // @ts-expect-error a field that is misspelt
  expect(mock).toHaveConsumed({ tol: 'search' });
  // @ts-expect-error a matcher that is misspelt
  expect(mock).toHaveConsume({ tool: 'search' });
  // @ts-expect-error no amount
  expect(mock).toHaveAvailable();
`;

/** A test file of a host in each runner; a line that is expected to be wrong, and is not, is an error too. */
export const matcherFiles = {
  vitest: {
    types: ['node'],
    text: `
import '@usagekit/react/testing/vitest';
import { createUsageKitMock } from '@usagekit/react/testing';
import { expect } from 'vitest';
const mock = createUsageKitMock();
export async function check() {${calls}  await later;
}
`,
  },
  jest: {
    types: ['node', 'jest'],
    text: `
import '@usagekit/react/testing/jest';
import { createUsageKitMock } from '@usagekit/react/testing';
const mock = createUsageKitMock();
export async function check() {${calls}  await later;
}
`,
  },
  playwright: {
    types: ['node'],
    text: `
import { test as base, expect as baseExpect } from '@playwright/test';
import { type UsageKitFixtures, usageKitFixtures, usageKitMatchers } from '@usagekit/react/testing/playwright';
const expect = baseExpect.extend(usageKitMatchers);
const test = base.extend<UsageKitFixtures>(
  usageKitFixtures({ baseUrl: 'https://usage.test', scenario: 'nearLimit', as: 'owner' }),
);
test('types', async ({ usageKit: mock }) => {${calls}  await later;
});
// @ts-expect-error a scenario that does not exist
usageKitFixtures({ baseUrl: 'https://usage.test', scenario: 'nearLimits' });
`,
  },
};

/** What a strict compiler says of the host's file. */
export function typeErrorsOf(runner: keyof typeof matcherFiles, hostFolder: string, tsc: string): string[] {
  const { types, text } = matcherFiles[runner];
  const file = `${runner}-matchers.ts`;
  const project = join(hostFolder, `tsconfig.${runner}.json`);
  writeFileSync(join(hostFolder, file), text);
  writeFileSync(
    project,
    JSON.stringify({
      compilerOptions: {
        strict: true,
        target: 'ES2024',
        module: 'nodenext',
        lib: ['ES2024', 'DOM', 'DOM.Iterable'],
        noEmit: true,
        skipLibCheck: true,
        types,
      },
      files: [file],
    }),
  );
  const { stdout } = spawnSync(process.execPath, [tsc, '--project', project, '--pretty', 'false'], {
    cwd: hostFolder,
    encoding: 'utf8',
  });
  return stdout.split('\n').filter((line) => line !== '');
}
