#!/usr/bin/env node
// The command is the server's own. This package has the name that people type, and the console that `serve` shows.
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const consoleFolder = fileURLToPath(new URL('../dist/console', import.meta.url));
if (existsSync(consoleFolder)) process.env.USAGEKIT_CONSOLE_FOLDER ??= consoleFolder;

await import(new URL('bin/usagekit.js', import.meta.resolve('@usagekit/server/package.json')).href);
