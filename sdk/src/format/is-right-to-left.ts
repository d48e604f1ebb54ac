const scripts = new Set(['Arab', 'Hebr', 'Thaa', 'Syrc', 'Nkoo', 'Adlm', 'Rohg', 'Mand', 'Samr', 'Mend']);

/**
 * Whether text of a locale runs from the right, such as of `ar-EG`, `he` and `pa-Arab`. It goes by the script, which every engine
 * knows: `Intl.Locale`'s own text information is missing in some, and a server and a browser have to agree.
 */
export function isRightToLeft(locale: string): boolean {
  return scripts.has(new Intl.Locale(locale).maximize().script ?? '');
}
