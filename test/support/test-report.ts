import { readFileSync } from 'node:fs';

/** What a run of Vitest says in JSON, cut to the fields that are read here. */
export interface TestReport {
  testResults: {
    /** Path of the test file. */
    name: string;
    status: string;
    message?: string;
    assertionResults: TestResult[];
  }[];
}

export interface TestResult {
  fullName: string;
  status: 'passed' | 'failed' | 'skipped' | 'pending' | 'todo' | 'disabled';
}

export interface TestCounts {
  passed: number;
  failed: number;
  skipped: number;
}

/** Where a whole run of the tests leaves its report; git ignores the folder. */
export const reportPath = new URL('../.results/report.json', import.meta.url);
/** Where a run of a part of the tests leaves its report, so that `npm run rows` is not misled by it. */
export const partialReportPath = new URL('../.results/partial-report.json', import.meta.url);

/** Where the second try leaves its report. */
export const secondTryPath = new URL('../.results/second-try-report.json', import.meta.url);

/** @throws Error when the file is missing or is no report. */
export function readTestReport(path: URL): TestReport {
  const report: unknown = JSON.parse(readFileSync(path, 'utf8'));
  if (!isTestReport(report)) throw new Error(`${path.pathname} is no report of a test run.`);
  return report;
}

/** Paths of the files that have a failure, and of those that could not be run. */
export function failedFiles({ testResults }: TestReport): string[] {
  return testResults.filter(({ status }) => status === 'failed').map(({ name }) => name);
}

/** Names of the failed tests of these files, and the path of a file that could not be run. */
export function failedTests({ testResults }: TestReport, files: string[]): string[] {
  return testResults
    .filter(({ name }) => files.includes(name))
    .flatMap(({ name, assertionResults }) => {
      const failed = assertionResults.filter(({ status }) => status === 'failed');
      return failed.length > 0 ? failed.map(({ fullName }) => fullName) : [name];
    });
}

/** The first report, with the files that were run again as their second try found them. */
export function withSecondTry(first: TestReport, second: TestReport): TestReport {
  const again = new Map(second.testResults.map((file) => [file.name, file]));
  return { ...first, testResults: first.testResults.map((file) => again.get(file.name) ?? file) };
}

/** Counts tests; a file that could not be run counts as one failure, since nobody knows what it would have shown. */
export function countTests(report: TestReport): TestCounts {
  const counts: TestCounts = { passed: 0, failed: 0, skipped: 0 };
  for (const file of report.testResults) {
    for (const { status } of file.assertionResults) {
      if (status === 'passed' || status === 'failed') counts[status] += 1;
      else counts.skipped += 1;
    }
    const isBroken =
      file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed');
    if (isBroken) counts.failed += 1;
  }
  return counts;
}

function isTestReport(value: unknown): value is TestReport {
  return (
    typeof value === 'object' && value !== null && 'testResults' in value && Array.isArray(value.testResults)
  );
}
