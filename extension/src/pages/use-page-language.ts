import { useLayoutEffect } from 'react';
import { readWords } from './read-words.ts';

/** Tells the page its language and direction, which the bundler's page has not. */
export function usePageLanguage(): void {
  useLayoutEffect(() => {
    const { language, direction } = readWords();
    document.documentElement.lang = language;
    document.documentElement.dir = direction;
  }, []);
}
