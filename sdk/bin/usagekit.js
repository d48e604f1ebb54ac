#!/usr/bin/env node
/**
 * `usagekit mock`, for who has the kit. The server's package has a command of the same name with more to it, and `mock` too; where both
 * are installed either does what the other one would.
 */
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';

const [command, ...line] = process.argv.slice(2);
const write = (stream) => (text) => stream.write(`${text}\n`);

if (command === 'mock') {
  const built = new URL('../dist/testing/node.js', import.meta.url);
  const { runMockCommand } = await import(existsSync(built) ? built.href : '@usagekit/react/testing/node');
  const ended = await runMockCommand(line, { print: write(process.stdout), tell: write(process.stderr) });
  if (typeof ended === 'number') process.exitCode = ended;
} else {
  const server = serverCommand();
  if (server === undefined) {
    process.stderr.write(
      `usagekit ${command ?? ''} is a command of the server: npm install @usagekit/server. This package has: usagekit mock --help\n`,
    );
    process.exitCode = 2;
  } else await import(pathToFileURL(server).href);
}

/** That of the present project, or else of the one that this package is installed in. */
function serverCommand() {
  for (const from of [join(process.cwd(), 'package.json'), import.meta.url]) {
    try {
      const manifest = createRequire(from).resolve('@usagekit/server/package.json');
      return join(dirname(manifest), 'bin/usagekit.js');
    } catch {
      // Not installed there.
    }
  }
  return undefined;
}
