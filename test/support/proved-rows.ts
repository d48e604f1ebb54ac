import type { TestReport } from './test-report.ts';

/** Row ids of the product's list, with a title each. */
export type RowTitles = Record<string, string>;

export interface RowProof {
  /** At least one test that bears the id passed, and none that bears it failed. A skipped test proves nothing. */
  proved: boolean;
  /** Full names of the tests that bear the id, failed and skipped ones too. */
  tests: string[];
}

const rowIdPattern = /\b[A-F]\d{1,2}\b/g;

/** Says for each row whether this run of the tests proves it. */
export function provedRows(report: TestReport, titles: RowTitles): Record<string, RowProof> {
  const tests = report.testResults.flatMap((file) => file.assertionResults);
  const bearers = Map.groupBy(
    tests.flatMap((test) => [...rowIdsIn(test.fullName)].map((id) => ({ id, test }))),
    ({ id }) => id,
  );
  return Object.fromEntries(
    Object.keys(titles).map((id) => {
      const bearing = (bearers.get(id) ?? []).map(({ test }) => test);
      const proved =
        bearing.some(({ status }) => status === 'passed') &&
        bearing.every(({ status }) => status !== 'failed');
      return [id, { proved, tests: [...new Set(bearing.map(({ fullName }) => fullName))] }];
    }),
  );
}

/** Ids in the order of their first appearance, each once. */
export function rowIdsIn(testName: string): Set<string> {
  return new Set(testName.match(rowIdPattern) ?? []);
}
