import { existsSync, readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { provedRows, type RowProof, type RowTitles } from './proved-rows.ts';
import { runTests } from './run-tests.ts';
import { readTestReport, reportPath } from './test-report.ts';

const usage =
  'npm run rows -- [--run] [--json]   which rows of the product list the last whole test run proves';

function main(): void {
  const { values } = parseArgs({
    options: { run: { type: 'boolean' }, json: { type: 'boolean' }, help: { type: 'boolean' } },
  });
  if (values.help) {
    process.stdout.write(`${usage}\n`);
    return;
  }
  // A failing run still proves the rows whose tests passed, so its exit code is not this command's.
  if (values.run || !existsSync(reportPath)) runTests([], 'stderr');
  const titles: RowTitles = JSON.parse(readFileSync(new URL('../rows.json', import.meta.url), 'utf8'));
  const rows = provedRows(readTestReport(reportPath), titles);
  process.stdout.write(values.json ? `${JSON.stringify({ rows })}\n` : formatRows(rows, titles));
}

function formatRows(rows: Record<string, RowProof>, titles: RowTitles): string {
  const lines = Object.entries(rows).map(([id, { proved, tests }]) => {
    const count = tests.length === 1 ? '1 test' : `${tests.length} tests`;
    return `${proved ? 'proved' : '     -'}  ${id.padEnd(3)}  ${titles[id]}${tests.length > 0 ? `  (${count})` : ''}`;
  });
  const provedCount = Object.values(rows).filter(({ proved }) => proved).length;
  return `${lines.join('\n')}\n\n${provedCount} of ${lines.length} rows proved\n`;
}

main();
