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
