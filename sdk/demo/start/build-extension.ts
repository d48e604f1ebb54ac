import { spawn } from 'node:child_process';
import { createWriteStream, existsSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
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
  const builtAtMs = await changedAtMs(join(extensionFolder, 'manifest.json'));
  const changedAt = await Promise.all(sources.map((source) => changedAtMs(join(root, source))));
  if (builtAtMs > Math.max(...changedAt)) return;
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

/** When a file, or the newest file of a folder, was changed; 0 where there is none. */
async function changedAtMs(path: string): Promise<number> {
  const found = await stat(path).catch(() => undefined);
  if (!found) return 0;
  if (!found.isDirectory()) return found.mtimeMs;
  const names = await readdir(path, { recursive: true });
  const times = await Promise.all(names.map(async (name) => (await stat(join(path, name))).mtimeMs));
  return Math.max(0, ...times);
}
