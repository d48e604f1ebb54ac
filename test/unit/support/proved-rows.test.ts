import { describe, expect, it } from 'vitest';
import { provedRows, rowIdsIn } from '../../support/proved-rows.ts';
import {
  countTests,
  failedFiles,
  failedTests,
  type TestReport,
  type TestResult,
  withSecondTry,
} from '../../support/test-report.ts';

const titles = { A1: 'First', B12: 'Second' };

function reportOf(...tests: [fullName: string, status: TestResult['status']][]): TestReport {
  const assertionResults = tests.map(([fullName, status]) => ({ fullName, status }));
  const status = tests.some(([, each]) => each === 'failed') ? 'failed' : 'passed';
  return { testResults: [{ name: 'some.test.ts', status, assertionResults }] };
}

describe('the rows that tests prove', () => {
  it('counts a row with a passed test as proved, and lists the test', () => {
    expect(provedRows(reportOf(['A1: shows the plan', 'passed']), titles)).toEqual({
      A1: { proved: true, tests: ['A1: shows the plan'] },
      B12: { proved: false, tests: [] },
    });
  });

  it('does not count a row with a test that failed', () => {
    const rows = provedRows(reportOf(['A1: shows', 'passed'], ['A1: hides', 'failed']), titles);
    expect(rows.A1).toEqual({ proved: false, tests: ['A1: shows', 'A1: hides'] });
  });

  it.each(['skipped', 'pending', 'todo', 'disabled'] as const)('takes nothing from a %s test', (status) => {
    expect(provedRows(reportOf(['A1: shows', status]), titles).A1?.proved).toBe(false);
    expect(provedRows(reportOf(['A1: shows', status], ['A1: too', 'passed']), titles).A1?.proved).toBe(true);
  });

  it('counts one test for each of the rows that it names', () => {
    const rows = provedRows(reportOf(['A1, B12: lead to each other', 'passed']), titles);
    expect([rows.A1?.proved, rows.B12?.proved]).toEqual([true, true]);
  });

  it('reads ids as whole words only', () => {
    expect([...rowIdsIn('B12 and E1: an E2E run of UTF8 in A4x, G1, A100')]).toEqual(['B12', 'E1']);
  });
});

describe('the count of tests', () => {
  it('counts passed, failed and skipped tests', () => {
    const report = reportOf(['a', 'passed'], ['b', 'failed'], ['c', 'todo'], ['d', 'skipped']);
    expect(countTests(report)).toEqual({ passed: 1, failed: 1, skipped: 2 });
  });

  it('counts a file that could not be run as one failure', () => {
    const broken = { name: 'broken.test.ts', status: 'failed', assertionResults: [] };
    expect(countTests({ testResults: [broken] })).toEqual({ passed: 0, failed: 1, skipped: 0 });
  });
});

describe('the second try', () => {
  const file = (name: string, ...tests: TestResult['status'][]) => ({
    name,
    status: tests.every((status) => status === 'passed') ? 'passed' : 'failed',
    assertionResults: tests.map((status, place) => ({ fullName: `test ${place + 1}`, status })),
  });
  const first: TestReport = {
    testResults: [
      file('/test/unit/a.test.ts', 'passed'),
      file('/test/e2e/b.test.ts', 'passed', 'failed', 'failed'),
      file('/test/e2e/c.test.ts', 'passed'),
      { name: '/test/e2e/d.test.ts', status: 'failed', assertionResults: [] },
    ],
  };
  const again = ['/test/e2e/b.test.ts', '/test/e2e/d.test.ts'];

  it('is of the files with a failure alone, and of those that could not be run', () => {
    expect(failedFiles(first)).toEqual(again);
    expect(failedTests(first, again)).toEqual(['test 2', 'test 3', '/test/e2e/d.test.ts']);
  });

  it('counts in the place of the first, and leaves every other failure', () => {
    const second = {
      testResults: [
        file('/test/e2e/b.test.ts', 'passed', 'passed', 'failed'),
        file('/test/e2e/d.test.ts', 'passed'),
      ],
    };
    expect(countTests(withSecondTry(first, second))).toEqual({ passed: 5, failed: 1, skipped: 0 });
  });
});
