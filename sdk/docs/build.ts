/**
 * Makes the documentation site: `npm run docs` writes it into dist, `npm run docs:dev` shows it and updates it on changes. With
 * `--repository URL` links to files outside the site lead to that repository.
 */
import { watch } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { build, dev, type UserConfig } from '@rspress/core';
import { allowOwnScripts } from './generate/content-policy.ts';
import { writePages } from './generate/write-pages.ts';
import { siteConfig } from './site-config.ts';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const { values } = parseArgs({
  options: { dev: { type: 'boolean' }, repository: { type: 'string' }, out: { type: 'string' } },
});

// The generator keeps its own files in the folder where it was started.
process.chdir(here('.'));
const root = here('build/pages');
const outDir = values.out ?? here('dist');
const { sidebar } = writePages(root, values.repository);
const config: UserConfig = siteConfig({ root, outDir, sidebar });

if (values.dev) {
  for (const folder of ['guides', 'examples'])
    watch(here(folder), { recursive: true }, () => writePages(root, values.repository));
  await dev({ appDirectory: here('.'), docDirectory: root, config, configFilePath: here('site-config.ts') });
} else {
  await build({ docDirectory: root, config, configFilePath: here('site-config.ts') });
  allowOwnScripts(outDir);
}
