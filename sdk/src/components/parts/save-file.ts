import { byteOrderMark } from '@usagekit/server/contract';

/** Lets the browser save a file. Only after a click, or browsers may refuse. */
export function saveFile(file: Blob, name: string): void {
  const url = URL.createObjectURL(file);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The browser has begun to read by the next turn; until then the address must stay.
  setTimeout(() => URL.revokeObjectURL(url), 0);
}

/** CSV as a file, marked so that spreadsheets read it as UTF-8. */
export function csvFile(text: string): Blob {
  return new Blob([`${byteOrderMark}${text}`], { type: 'text/csv;charset=utf-8' });
}
