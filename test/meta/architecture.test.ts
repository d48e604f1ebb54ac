import { describe, expect, it } from 'vitest';
import { findViolations } from './architecture/find-violations.ts';
import { repositoryFiles, textOf } from './repository-files.ts';

const sourcePattern = /^(server\/(src|bin)|sdk\/(src|demo|console)|extension\/src)\/.*\.(tsx?|js)$/;

describe('the architecture', () => {
  it('has every import point from what changes often to what changes seldom', () => {
    const paths = repositoryFiles().filter((path) => sourcePattern.test(path));
    expect(paths.length).toBeGreaterThan(0);
    expect(findViolations(new Map(paths.map((path) => [path, textOf(path)])))).toEqual([]);
  });
});

describe('the check of the architecture', () => {
  const breaches: [string, Record<string, string>, string][] = [
    [
      'domain on app',
      { 'server/src/domain/x.ts': "import '../app/y.ts';" },
      'domain may not import ../app/y.ts',
    ],
    [
      'type from above',
      { 'server/src/contract/x.ts': "import type { Y } from '../domain/y.ts';" },
      'contract types may not',
    ],
    [
      'inline type import',
      { 'server/src/contract/x.ts': "export type Z = import('zod').ZodType;" },
      'may not import zod',
    ],
    [
      'schemas among types',
      { 'server/src/contract/x.ts': "import './schemas.ts';" },
      'may not import ./schemas.ts',
    ],
    ['re-export', { 'server/src/store/store.ts': "export * from '../app/x.ts';" }, 'stores may not import'],
    [
      'lazy import',
      { 'server/src/app/x.ts': "await import('../node/x.ts');" },
      'app may not import ../node/x.ts',
    ],
    [
      'Node in the app',
      { 'server/src/app/x.ts': "import { createHash } from 'node:crypto';" },
      'app may not import node:crypto',
    ],
    [
      'bare Node name',
      { 'server/src/store/memory/x.ts': "import fs from 'fs';" },
      'stores may not import fs',
    ],
    [
      'a store in the app',
      { 'server/src/app/x.ts': "import '../store/memory/memory-store.ts';" },
      'app may not',
    ],
    [
      'calendar library',
      { 'server/src/domain/x.ts': "import { Temporal } from 'temporal-polyfill';" },
      'domain may not',
    ],
    ['clock', { 'server/src/domain/x.ts': 'export const x = () => Date.now();' }, 'may not call Date.now()'],
    ['bare date', { 'server/src/app/x.ts': 'export const x = () => new Date();' }, 'may not call new Date()'],
    ['chance', { 'server/src/app/x.ts': 'export const x = Math.random();' }, 'may not call Math.random()'],
    [
      'random ids',
      { 'server/src/domain/x.ts': 'export const x = crypto.randomUUID();' },
      'may not call crypto',
    ],
    [
      'random keys',
      { 'server/src/domain/x.ts': "import '../contract/http/new-idempotency-key.ts';" },
      'may not import',
    ],
    ['async domain', { 'server/src/domain/x.ts': 'export async function x() {}' }, 'may not be asynchronous'],
    [
      'server in widgets',
      { 'sdk/src/x.ts': "import '@usagekit/server/app';" },
      'sdk may not import @usagekit/server/app',
    ],
    ['recharts outside charts', { 'sdk/src/x.tsx': "import 'recharts';" }, 'sdk may not import recharts'],
    [
      'charts loaded at once',
      {
        'sdk/src/components/usage-panel/index.ts': "import '../../charts/x.tsx';",
        'sdk/src/charts/x.tsx': "import { Line } from 'recharts';",
      },
      'charts only lazily',
    ],
    [
      'other workspace by path',
      { 'sdk/src/x.ts': "import '../../server/src/contract/index.ts';" },
      'sdk may not',
    ],
    [
      'sdk in the server',
      { 'server/src/app/x.ts': "import '@usagekit/react';" },
      'app may not import @usagekit/react',
    ],
    [
      'mock in the extension',
      { 'extension/src/x.ts': "import '@usagekit/react/testing';" },
      'extension may not',
    ],
    [
      'chrome in the core',
      { 'extension/src/core/x.ts': 'chrome.action.setBadgeText({});' },
      'may not name chrome',
    ],
    [
      'a circle',
      { 'server/src/app/x.ts': "import './y.ts';", 'server/src/app/y.ts': "import './x.ts';" },
      'imports itself by way of server/src/app/y.ts',
    ],
    ['unknown area', { 'server/src/misc/x.ts': '' }, 'belongs to no area'],
  ];

  it.each(breaches)('catches a planted breach: %s', (_name, files, message) => {
    expect(findViolations(new Map(Object.entries(files))).join('\n')).toContain(message);
  });

  it.each([
    [
      'a clock handed in',
      { 'server/src/domain/x.ts': 'export const x = (nowMs: number) => new Date(nowMs);' },
    ],
    [
      'charts loaded lazily',
      {
        'sdk/src/components/usage-panel/index.ts': "export const load = () => import('../../charts/x.tsx');",
        'sdk/src/charts/x.tsx': "import { Line } from 'recharts'; export { Line };",
      },
    ],
    [
      'a circle of types alone',
      {
        'server/src/app/x.ts': "import type { Y } from './y.ts'; export type X = Y;",
        'server/src/app/y.ts': "import type { X } from './x.ts'; export type Y = X;",
      },
    ],
    [
      'types through types',
      { 'server/src/contract/x.ts': "import type { Y } from './y.ts'; export type X = Y;" },
    ],
    ['a property of that name', { 'extension/src/core/x.ts': 'export const x = { chrome: 1 }.chrome;' }],
    [
      'a word in a comment',
      { 'server/src/domain/x.ts': '// Date.now() is not called here\nexport const x = "Math.random()";' },
    ],
  ] as [string, Record<string, string>][])('lets pass: %s', (_name, files) => {
    expect(findViolations(new Map(Object.entries(files)))).toEqual([]);
  });
});
