import { execFileSync } from 'node:child_process';
import { build } from 'esbuild';

// The walk is TypeScript, which an older Node does not read. The client stays the package that was installed.
await build({
  entryPoints: ['node-walk.js'],
  bundle: true,
  platform: 'node',
  format: 'esm',
  packages: 'external',
  outfile: 'walked.mjs',
});
process.stdout.write(execFileSync('node_modules/.bin/node', ['walked.mjs', ...process.argv.slice(2)]));
