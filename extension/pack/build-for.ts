import { spawnSync } from 'node:child_process';
import { globSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSync } from 'esbuild';

const extensionFolder = join(import.meta.dirname, '..');
/** A build takes half a minute on an idle machine, and minutes on one that has much else to do. */
export const buildMsMax = 600_000;

/** Edge's build is Chromium's, made for its target and packed by its name. */
export type Browser = 'chrome' | 'edge' | 'firefox';

export const browsers: readonly Browser[] = ['chrome', 'edge', 'firefox'];

/** Fields of the manifest that the other browser does not know, and warns of. */
const notFor: Record<Browser, readonly string[]> = {
  chrome: ['browser_specific_settings'],
  edge: ['browser_specific_settings'],
  firefox: ['minimum_chrome_version', 'externally_connectable'],
};

export function folderOf(browser: Browser): string {
  return join(extensionFolder, 'build', `${browser}-mv3-prod`);
}

/**
 * Builds the extension as it is shipped to one browser.
 * @returns its folder.
 * @throws Error with the bundler's words where it fails.
 */
export function buildFor(browser: Browser): string {
  const folder = folderOf(browser);
  // Files of an earlier build have other names, and would be shipped with it.
  rmSync(folder, { recursive: true, force: true });
  const plasmo = join(extensionFolder, '..', 'node_modules', 'plasmo', 'bin', 'index.mjs');
  // The test runner's own NODE_ENV and conditions must not reach the bundler.
  const { NODE_ENV: _environment, NODE_OPTIONS: _options, ...env } = process.env;
  const { status, error, stdout, stderr } = spawnSync(
    process.execPath,
    [plasmo, 'build', `--target=${browser}-mv3`],
    {
      cwd: extensionFolder,
      env,
      encoding: 'utf8',
      timeout: buildMsMax,
    },
  );
  // Plasmo ends with 0 when it is stopped, so that only the error tells a build that took too long.
  if (status !== 0 || error !== undefined)
    throw new Error(`The extension does not build for ${browser}:\n${stdout}\n${stderr}`, { cause: error });
  for (const script of globSync('*.js', { cwd: folder })) replaceGlobalByEval(join(folder, script));
  paintFirst(folder);
  const file = join(folder, 'manifest.json');
  const manifest = Object.entries(JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>);
  const kept = manifest
    .filter(([name]) => !notFor[browser].includes(name))
    // Firefox would open its sidebar by itself at install, on a history of nothing.
    .map(([name, value]) =>
      name === 'sidebar_action' ? [name, { ...(value as object), open_at_install: false }] : [name, value],
    );
  writeFileSync(file, JSON.stringify(Object.fromEntries(kept), null, 2));
  return folder;
}

/**
 * A library of the charts asks for the global object by running text as code, where it finds no `self`. An extension's page has one
 * and may run no text; the stores' reviewers refuse the words alone.
 */
function replaceGlobalByEval(script: string): void {
  const code = readFileSync(script, 'utf8');
  const without = code.replaceAll('Function("return this")()', 'globalThis');
  if (without !== code) writeFileSync(script, without);
}

/** Has the popup paint its last figures by a small script of its own, which then reads the popup's. */
function paintFirst(folder: string): void {
  buildSync({
    entryPoints: [join(extensionFolder, 'src', 'popup', 'first-paint.ts')],
    outfile: join(folder, firstPaintFile),
    bundle: true,
    minify: true,
    format: 'iife',
    target: 'es2022',
    conditions: ['source'],
  });
  const file = join(folder, 'popup.html');
  const page = readFileSync(file, 'utf8');
  const rewritten = page.replace(
    /<script src="([^"]+)" defer>/,
    `<script src="/${firstPaintFile}" data-next="$1" defer>`,
  );
  if (rewritten === page)
    throw new Error(`The popup's page has no script of the form that is known:\n${page}`);
  writeFileSync(file, rewritten);
}

const firstPaintFile = 'first-paint.js';
