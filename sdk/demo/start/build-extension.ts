import { spawn } from 'node:child_process';
import { createWriteStream, existsSync } from 'node:fs';
import { join } from 'node:path';
import { isUpToDate } from './changed-at.ts';
import type { Settings } from './settings.ts';

/** What the extension is built from. */
const sources = [
  'extension/src',
  'extension/assets',
  'extension/package.json',
  'sdk/src',
  'server/src/contract',
];

/** Builds the extension in the background where there is no build or one of its sources is newer. */
export function buildExtension(settings: Settings, tell: (line: string) => void): { stop(): void } {
  const controller = new AbortController();
  void run(settings, tell, controller.signal);
  return { stop: () => controller.abort() };
}

async function run(settings: Settings, tell: (line: string) => void, signal: AbortSignal): Promise<void> {
  const { root, dataFolder, extensionFolder } = settings;
  const from = sources.map((source) => join(root, source));
  if (await isUpToDate(join(extensionFolder, 'manifest.json'), from)) return;
  tell('  The extension is being built; the rest can be used meanwhile.');
  const logFile = join(dataFolder, 'extension-build.log');
  const child = spawn(process.execPath, [join(root, 'node_modules/plasmo/bin/index.mjs'), 'build'], {
    cwd: join(root, 'extension'),
    stdio: ['ignore', 'pipe', 'pipe'],
    signal,
  });
  const log = createWriteStream(logFile);
  child.stdout.pipe(log);
  child.stderr.pipe(log);
  const code = await new Promise((resolve) => {
    child.once('error', () => resolve(null));
    child.once('exit', resolve);
  });
  if (signal.aborted) return;
  const built = code === 0 && existsSync(join(extensionFolder, 'manifest.json'));
  tell(built ? '  The extension is built.' : `  The extension could not be built; see ${logFile}`);
}
