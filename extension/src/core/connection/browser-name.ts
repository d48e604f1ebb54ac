const browsers: readonly (readonly [name: string, mark: RegExp])[] = [
  ['Edge', /\bEdg\//],
  ['Opera', /\bOPR\//],
  ['Vivaldi', /\bVivaldi\//],
  ['Firefox', /\bFirefox\//],
  ['Chrome', /\bChrome\//],
  ['Safari', /\bSafari\//],
];
const systems: readonly (readonly [name: string, mark: RegExp])[] = [
  ['Android', /\bAndroid\b/],
  ['ChromeOS', /\bCrOS\b/],
  ['Windows', /\bWindows\b/],
  ['macOS', /\bMac OS X\b/],
  ['Linux', /\bLinux\b/],
];

/** The browser's common name, from its user agent: `Firefox on Windows`. */
export function browserName(userAgent: string): string {
  const find = (known: typeof browsers) => known.find(([, mark]) => mark.test(userAgent))?.[0];
  const browser = find(browsers) ?? 'Browser';
  const system = find(systems);
  return system === undefined ? browser : `${browser} on ${system}`;
}
