import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureChromium } from './ensure-chromium.ts';
import {
  countTests,
  failedFiles,
  failedTests,
  partialReportPath,
  readTestReport,
  reportPath,
  secondTryPath,
  type TestReport,
  withSecondTry,
} from './test-report.ts';

const testFolder = fileURLToPath(new URL('..', import.meta.url));
const vitest = fileURLToPath(import.meta.resolve('vitest/package.json')).replace(
  /package\.json$/,
  'vitest.mjs',
);

/** Files that get a second try. More than these fail for a reason, and their first result counts. */
const secondTriesMax = 4;

/**
 * Runs all tests, or those that Vitest's own arguments name, and says as its last line how many passed.
 *
 * On a machine that does much else a test can lose its turn, and tests of one browser that go on from each other then fail
 * with it. Under CI up to four files with a failure are therefore run a second time, by themselves, and their second result
 * counts. The output names each such file with what had failed, so that what needs a second try is found and mended.
 *
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

  function runVitest(givenArguments: string[], report: URL): { status: number | null; found?: TestReport } {
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
        ...givenArguments,
      ],
      {
        cwd: testFolder,
        env: { ...process.env, CHROMIUM_PATH: chromiumPath },
        stdio: ['ignore', process[output], process.stderr],
      },
    );
    try {
      return { status, found: readTestReport(report) };
    } catch {
      return { status };
    }
  }

  const isWhole = vitestArguments.length === 0;
  const report = isWhole ? reportPath : partialReportPath;
  let { status, found } = runVitest(vitestArguments, report);
  const again = isWhole && process.env.CI && found ? failedFiles(found) : [];
  if (found && again.length > 0 && again.length <= secondTriesMax) {
    const second = runVitest(again, secondTryPath);
    write(`Took a second try: ${failedTests(found, again).join('; ')}`);
    if (second.found) {
      found = withSecondTry(found, second.found);
      writeFileSync(report, JSON.stringify(found));
      if (countTests(found).failed === 0) status = second.status;
    }
  }
  if (!found) {
    write('The tests ended before they could write their report.');
    write('0 passed, 1 failed, 0 skipped');
    return 1;
  }
  const counts = countTests(found);
  if (counts.passed === 0 && counts.failed === 0) write('No test was run.');
  if (status !== 0 && counts.failed === 0) write(`Vitest ended with ${status} although no test failed.`);
  write(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
  return status === 0 && counts.failed === 0 && counts.passed > 0 ? 0 : 1;
}

if (import.meta.main) process.exitCode = runTests(process.argv.slice(2));
