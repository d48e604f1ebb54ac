/** Lets the browser save a text as a file. Only after a click, or browsers may refuse. */
export function downloadText(fileName: string, mediaType: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: `${mediaType};charset=utf-8` }));
  const link = document.createElement('a');
  link.href = url;
  link.download = fileName;
  link.click();
  // The browser has begun to read by the next turn; until then the address must stay.
  setTimeout(() => URL.revokeObjectURL(url), 0);
}
