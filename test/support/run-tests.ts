import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureChromium } from './ensure-chromium.ts';
import { countTests, partialReportPath, readTestReport, reportPath, type TestCounts } from './test-report.ts';

const testFolder = fileURLToPath(new URL('..', import.meta.url));
const vitest = fileURLToPath(import.meta.resolve('vitest/package.json')).replace(
  /package\.json$/,
  'vitest.mjs',
);

/**
 * Runs all tests, or those that Vitest's own arguments name, and says as its last line how many passed.
 * Gives the exit code: 0 only where at least one test ran and none failed.
 */
export function runTests(vitestArguments: string[], output: 'stdout' | 'stderr' = 'stdout'): number {
  const write = (line: string) => process[output].write(`${line}\n`);
  let chromiumPath: string;
  try {
    chromiumPath = ensureChromium();
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    return 1;
  }

  const report = vitestArguments.length === 0 ? reportPath : partialReportPath;
  rmSync(report, { force: true });
  mkdirSync(dirname(fileURLToPath(report)), { recursive: true });
  const { status } = spawnSync(
    process.execPath,
    [
      vitest,
      'run',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${fileURLToPath(report)}`,
      ...vitestArguments,
    ],
    {
      cwd: testFolder,
      env: { ...process.env, CHROMIUM_PATH: chromiumPath },
      stdio: ['ignore', process[output], process.stderr],
    },
  );

  let counts: TestCounts;
  try {
    counts = countTests(readTestReport(report));
  } catch {
    write('The tests ended before they could write their report.');
    write('0 passed, 1 failed, 0 skipped');
    return 1;
  }
  if (counts.passed === 0 && counts.failed === 0) write('No test was run.');
  if (status !== 0 && counts.failed === 0) write(`Vitest ended with ${status} although no test failed.`);
  write(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
  return status === 0 && counts.failed === 0 && counts.passed > 0 ? 0 : 1;
}

if (import.meta.main) process.exitCode = runTests(process.argv.slice(2));
