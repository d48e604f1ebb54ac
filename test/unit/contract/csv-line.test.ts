import { describe, expect, it } from 'vitest';
import { csvLine } from '../../../server/src/contract/exports/csv-line.ts';
import { spreadsheetCell } from '../../../server/src/contract/exports/spreadsheet-cell.ts';

describe('a line of CSV', () => {
  it('quotes what has to be, and does not let a spreadsheet run what people wrote', () => {
    expect(csvLine(['a', null, '-1.5', 'x,y', 'say "hi"', '=1+1', '-cmd'])).toBe(
      `a,,-1.5,"x,y","say ""hi""",'=1+1,'-cmd\r\n`,
    );
  });

  it.each([
    ['a sign', '@SUM(A1)', "'@SUM(A1)"],
    ['a tab', '\t=1', "'\t'=1"],
    ['a semicolon', 'a;=1+1', "a;'=1+1"],
    ['a tab inside', 'a\t@SUM(A1)', "a\t'@SUM(A1)"],
    ['a full-width sign', '\uFF1D1+1', "'\uFF1D1+1"],
    ['a line feed inside', 'safe\n=1+1', `"safe\n'=1+1"`],
    ['a carriage return inside', 'safe\r+1+1', `"safe\r'+1+1"`],
    ['both inside', 'safe\r\n\uFF0B1', `"safe\r\n'\uFF0B1"`],
    ['an empty first line', '\n-1+1', `"\n'-1+1"`],
  ])('F19: a formula after %s is disarmed', (_, text, cell) => {
    expect(csvLine(['a', text])).toBe(`a,${cell}\r\n`);
  });

  it.each(['-12', '12.5', 'a=b', 'line\nline', 'ümlaut'])('F19: %j stays as it is', (text) => {
    expect(spreadsheetCell(text)).toBe(text);
  });
});
