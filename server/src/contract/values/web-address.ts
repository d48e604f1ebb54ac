/** Whether the text is a whole address that begins with `http://` or `https://`. */
export function isWebAddress(text: string): boolean {
  return /^https?:\/\//i.test(text) && URL.canParse(text);
}
