#!/usr/bin/env node
import { existsSync } from 'node:fs';
// As a whole: an older Node does not have all of its names, and would fail before it can be told which one is needed.
import * as modules from 'node:module';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';

if (Number(process.versions.node.split('.')[0]) < 24) {
  process.stderr.write(
    `usagekit needs Node 24 or newer and found ${process.version}. Install it from https://nodejs.org or by 'nvm install 24', or for this project alone: npm install node@24, then npx usagekit.\n`,
  );
  process.exit(1);
}

// Compiling takes longer than all else of a start, so it is kept for the next one: in the user's own folder, where nobody else
// can put code. Where there is none, or nothing can be written, it is compiled again.
const cache = process.env.XDG_CACHE_HOME || join(homedir(), '.cache');
if (existsSync(dirname(cache))) {
  modules.enableCompileCache(join(cache, 'usagekit'));
  // So that a server which is killed later has kept it too.
  setTimeout(modules.flushCompileCache, 3_000).unref();
}

// A clone has the source, which Node runs as it is; the published package has only what was built from it.
const source = new URL('../src/node/main.ts', import.meta.url);
await import(existsSync(source) ? source.href : new URL('../dist/node/main.js', import.meta.url).href);
