import { join } from 'node:path';
import { build } from 'vite';
import { isUpToDate } from './changed-at.ts';

const shared = ['sdk/src', 'server/src/contract'];

/** Builds the browser side of the demo into a folder, unless it is there already. */
export async function buildApp(root: string, folder: string): Promise<void> {
  const own = ['sdk/demo/app', 'sdk/demo/task-items.ts', 'sdk/demo/vite.config.ts'];
  await buildPages(root, { config: 'sdk/demo/vite.config.ts', sources: [...own, ...shared], folder });
}

/** Builds the operator's console into a folder, unless it is there already. */
export async function buildConsole(root: string, folder: string): Promise<void> {
  await buildPages(root, {
    config: 'sdk/console/vite.config.ts',
    sources: ['sdk/console', ...shared],
    folder,
  });
}

interface Pages {
  config: string;
  sources: readonly string[];
  folder: string;
}

async function buildPages(root: string, { config, sources, folder }: Pages): Promise<void> {
  const from = sources.map((source) => join(root, source));
  if (await isUpToDate(join(folder, 'index.html'), from)) return;
  await build({ configFile: join(root, config), logLevel: 'error', build: { outDir: folder } });
}
