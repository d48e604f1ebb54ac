import type { MessageOverrides } from '@usagekit/react';
import { useEffect, useState } from 'react';

interface Language {
  locale: string;
  /** The kit's texts; it speaks English without them. */
  messages?: MessageOverrides;
}

const loaders = {
  en: async (): Promise<Language> => ({ locale: 'en' }),
  de: async () => ({ locale: 'de-DE', messages: (await import('@usagekit/react/messages/de')).de }),
  ja: async () => ({ locale: 'ja-JP', messages: (await import('@usagekit/react/messages/ja')).ja }),
  ar: async () => ({ locale: 'ar', messages: (await import('@usagekit/react/messages/ar')).ar }),
} satisfies Record<string, () => Promise<Language>>;

export type LanguageId = keyof typeof loaders;

/** What the widgets can be read in; the demo's own texts stay as they are. */
export const languages: readonly { id: LanguageId; label: string }[] = [
  { id: 'en', label: 'English' },
  { id: 'de', label: 'Deutsch' },
  { id: 'ja', label: '日本語' },
  { id: 'ar', label: 'العربية' },
];

const storageKey = 'fieldnote-language';

/** The chosen language of the widgets, kept in the browser. Its texts are loaded when they are first asked for. */
export function useLanguage() {
  const [id, setId] = useState<LanguageId>(() => {
    const kept = localStorage.getItem(storageKey);
    return languages.find((each) => each.id === kept)?.id ?? 'en';
  });
  const [language, setLanguage] = useState<Language>({ locale: 'en' });

  useEffect(() => {
    let current = true;
    void loaders[id]().then((loaded) => {
      if (current) setLanguage(loaded);
    });
    return () => {
      current = false;
    };
  }, [id]);

  function choose(next: LanguageId) {
    localStorage.setItem(storageKey, next);
    setId(next);
  }
  return { id, choose, language };
}
