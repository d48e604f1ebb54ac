import { compileCatalog } from '@usagekit/server/domain';
import { describe, expect, it } from 'vitest';
import {
  textIn,
  translatedConfig,
  translationFor,
} from '../../../../server/src/domain/catalog/translations.ts';
import { smallCatalogConfig } from '../../../support/small-catalog.ts';

const translations = {
  de: { credits: 'Guthabenpunkte', Pro: 'Profi', constructor: 'Bauer' },
  'de-CH': { Pro: 'Profi (CH)' },
};
const config = { ...smallCatalogConfig, translations };

describe('L406: the texts of a catalog in other languages', () => {
  it('are those of the language, or of the wider one', () => {
    const tagFor = (language: string) => translationFor(config, language)?.tag;
    expect(['de', 'de-CH', 'de-CH-1996', 'de-AT', 'en', 'd', 'toString'].map(tagFor)).toEqual([
      'de',
      'de-CH',
      'de-CH',
      'de',
      undefined,
      undefined,
      undefined,
    ]);
    expect(translationFor(smallCatalogConfig, 'de')).toBeUndefined();
  });

  it('stay as they are where the translation leaves them out, and ids stay whatever they are like', () => {
    const { Pro, credits } = translations.de;
    const translated = translatedConfig(config, { Pro, credits, pro: 'no id', emails: 'E-Mails' });
    expect(translated.plans.map(({ id, name }) => [id, name])).toEqual([
      ['free', 'Free'],
      ['pro', 'Profi'],
    ]);
    expect(translated.creditLabel).toEqual({ one: 'credit', other: 'Guthabenpunkte' });
    expect(translated.metrics[0]).toEqual({
      id: 'emails',
      label: 'Emails',
      unit: { one: 'email', other: 'E-Mails' },
    });
    expect(textIn({ translation: {} }, 'constructor')).toBe('constructor');
  });

  it('are what counts in a metric too', () => {
    const description = 'Each recipient counts.';
    const metrics = smallCatalogConfig.metrics.map((metric) => ({ ...metric, description }));
    const described = { ...smallCatalogConfig, metrics };
    const de = { [description]: 'Jeder Empfänger zählt.' };
    expect(compileCatalog({ ...described, translations: { de } }).outcome).toBe('compiled');
    expect(translatedConfig(described, de).metrics[0]?.description).toBe(de[description]);
  });

  it('compile as the catalog itself does', () => {
    expect(compileCatalog(translatedConfig(config, translations.de)).outcome).toBe('compiled');
    expect(compileCatalog(config)).toMatchObject({
      outcome: 'refused',
      mistakes: [{ pointer: '/translations/de/constructor' }],
    });
  });
});
