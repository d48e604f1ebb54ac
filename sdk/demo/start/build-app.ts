import { resolve } from 'node:path';
import { build } from 'vite';

/** Builds the browser side of the demo into a folder. */
export async function buildApp(folder: string): Promise<void> {
  await build({
    configFile: resolve(import.meta.dirname, '../vite.config.ts'),
    logLevel: 'warn',
    build: { outDir: folder },
  });
}
