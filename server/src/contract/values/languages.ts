export const languageForm = 'a language tag (BCP 47), such as de or pt-BR';

/** The tag as BCP 47 spells it, such as `pt-BR`; null for what is none. */
export function canonicalLanguage(tag: string): string | null {
  try {
    return Intl.getCanonicalLocales(tag)[0] ?? null;
  } catch {
    return null;
  }
}
