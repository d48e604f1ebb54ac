#!/usr/bin/env node
import { existsSync } from 'node:fs';

if (Number(process.versions.node.split('.')[0]) < 24) {
  process.stderr.write(`usagekit needs Node 24 or newer and found ${process.version}.\n`);
  process.exit(1);
}

// A clone has the source, which Node runs as it is; the published package has only what was built from it.
const source = new URL('../src/node/main.ts', import.meta.url);
await import(existsSync(source) ? source.href : new URL('../dist/node/main.js', import.meta.url).href);
