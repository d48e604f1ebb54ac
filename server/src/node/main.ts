import { runCommandLine, withoutReader } from './command-line.ts';

const line = process.argv.slice(2);

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

function tell(text: string): void {
  process.stderr.write(`${text}\n`);
}

/**
 * Whoever reads may have seen enough: `usagekit export acme | head` is no failure, nor is it with `2>&1`. What does more than print does not
 * leave its work half done for it, and a server is not ended by its log, be the disk full that takes it.
 */
function onOutputLost(error: NodeJS.ErrnoException): void {
  const reader = withoutReader(line);
  if (reader === 'serves') return;
  if (error.code !== 'EPIPE') process.exit(1);
  if (reader === 'ends') process.exit(0);
}

for (const stream of [process.stdout, process.stderr]) stream.on('error', onOutputLost);

process.exitCode = await runCommandLine(line, { environment: process.env, print, tell });
