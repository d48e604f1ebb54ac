/// <reference path="../bundler-imports.d.ts" />
import arabicUrl from 'url:./ar.ts';
import germanUrl from 'url:./de.ts';
import japaneseUrl from 'url:./ja.ts';
import { type KitMessages, takeKitMessages } from './give-kit-messages.ts';

const scripts: Record<string, string> = { de: germanUrl, ja: japaneseUrl, ar: arabicUrl };

/**
 * Reads the kit's texts in a language, each from a script of its own: the bundler would put all of them into every page.
 * @returns undefined for English, which the kit's parts have with them.
 */
export function loadKitMessages(language: string): Promise<KitMessages> | undefined {
  const src = scripts[language];
  if (src === undefined) return undefined;
  return new Promise((resolve, reject) => {
    const script = Object.assign(document.createElement('script'), { src });
    script.addEventListener('load', () => resolve(takeKitMessages()));
    script.addEventListener('error', () => reject(new Error(`The texts in ${language} could not be read.`)));
    document.head.append(script);
  });
}
