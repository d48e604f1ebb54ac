import { join } from 'node:path';
import { build } from 'vite';
import { isUpToDate } from './changed-at.ts';

const sources = [
  'sdk/demo/app',
  'sdk/demo/task-items.ts',
  'sdk/demo/vite.config.ts',
  'sdk/src',
  'server/src/contract',
];

/** Builds the browser side of the demo into a folder, unless it is there already. */
export async function buildApp(root: string, folder: string): Promise<void> {
  const from = sources.map((source) => join(root, source));
  if (await isUpToDate(join(folder, 'index.html'), from)) return;
  await build({
    configFile: join(root, 'sdk/demo/vite.config.ts'),
    logLevel: 'error',
    build: { outDir: folder },
  });
}
