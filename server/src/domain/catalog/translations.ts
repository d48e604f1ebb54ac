import type { CatalogConfig } from '../../contract/catalog/catalog.ts';
import type { UnitLabel } from '../../contract/values/amount.ts';
import { canonicalLanguage, languageForm } from '../../contract/values/languages.ts';
import { type CatalogReader, pointerToken } from './catalog-reader.ts';

/** Texts in another language, by the texts as the catalog has them. */
export type Translation = Readonly<Record<string, string>>;

/** The texts of a catalog that people read: labels, names, units and sentences. */
function textsOf(config: CatalogConfig): ReadonlySet<string> {
  const texts = new Set<string>();
  withTexts(config, (text) => {
    texts.add(text);
    return text;
  });
  return texts;
}

/** The configuration with its texts in a language; what the translation leaves out stays as it is. */
export function translatedConfig(config: CatalogConfig, translation: Translation): CatalogConfig {
  const { translations: _, ...own } = config;
  return withTexts(own, (text) => textIn({ translation }, text));
}

/** A text of the catalog that a record holds, in the language of the catalog at hand. Others, such as a host's own names, stay. */
export function textIn({ translation }: { readonly translation: Translation }, text: string): string {
  return Object.hasOwn(translation, text) ? (translation[text] ?? text) : text;
}

/**
 * The translation that a catalog has for a language, and under which tag: of `de-AT` its own, or that of `de` (RFC 4647, 3.4).
 * Undefined where it has none.
 *
 * @param language a canonical tag (BCP 47)
 */
export function translationFor(
  { translations }: CatalogConfig,
  language: string,
): { readonly tag: string; readonly translation: Translation } | undefined {
  if (translations === undefined) return undefined;
  const parts = language.split('-');
  for (let length = parts.length; length > 0; length--) {
    const tag = parts.slice(0, length).join('-');
    const translation = Object.hasOwn(translations, tag) ? translations[tag] : undefined;
    if (translation !== undefined) return { tag, translation };
  }
  return undefined;
}

/** Checks that each text is one of the catalog's, so that none is left untranslated by a slip or by a later change. */
export function checkTranslations(reader: CatalogReader, config: CatalogConfig): void {
  if (config.translations === undefined) return;
  const known = textsOf(config);
  for (const [language, translation] of Object.entries(config.translations)) {
    const canonical = canonicalLanguage(language) ?? languageForm;
    if (canonical !== language)
      reader.mistake(
        `/translations/${pointerToken(language)}`,
        `'${language}' is not spelled as BCP 47 has it`,
        canonical,
      );
    for (const [text, translated] of Object.entries(translation)) {
      const pointer = `/translations/${pointerToken(language)}/${pointerToken(text)}`;
      if (!known.has(text))
        reader.mistake(
          pointer,
          `The catalog has no text '${text}'`,
          'a text of the catalog as it stands there',
        );
      reader.label(pointer, translated);
    }
  }
}

/** Goes through all texts. Whoever adds a text to the catalog adds it here, or it is shown in one language. */
function withTexts(config: CatalogConfig, say: (text: string) => string): CatalogConfig {
  const unitOf = ({ one, other }: UnitLabel): UnitLabel => ({ one: say(one), other: say(other) });
  const labelled = <Entry extends { label: string }>(entry: Entry): Entry => ({
    ...entry,
    label: say(entry.label),
  });
  const described = <Entry extends { label: string; description?: string }>(entry: Entry): Entry => ({
    ...labelled(entry),
    ...(entry.description && { description: say(entry.description) }),
  });
  const valuesOf = (texts: Record<string, string>) =>
    Object.fromEntries(Object.entries(texts).map(([id, text]) => [id, say(text)]));
  /** The field where it is given. */
  const given = <Field extends keyof CatalogConfig>(
    field: Field,
    turn: (value: NonNullable<CatalogConfig[Field]>) => CatalogConfig[Field],
  ) => (config[field] === undefined ? {} : { [field]: turn(config[field]) });
  return {
    ...config,
    creditLabel: unitOf(config.creditLabel),
    metrics: config.metrics.map((metric) => ({ ...described(metric), unit: unitOf(metric.unit) })),
    plans: config.plans.map((plan) => ({
      ...plan,
      name: say(plan.name),
      ...(plan.highlights && { highlights: plan.highlights.map(say) }),
      ...(plan.warnings && { warnings: plan.warnings.map(say) }),
      ...(plan.facts && { facts: valuesOf(plan.facts) }),
      ...(plan.windows && { windows: plan.windows.map(labelled) }),
    })),
    ...given('meterGroups', (groups) => groups.map(labelled)),
    ...given('categories', (categories) => categories.map(labelled)),
    ...given('modelTiers', (tiers) => tiers.map(labelled)),
    ...given('comparison', (lines) => lines.map(labelled)),
    ...given('capacities', (capacities) =>
      capacities.map((capacity) => ({
        ...labelled(capacity),
        ...(capacity.unit && { unit: unitOf(capacity.unit) }),
        ...(capacity.choices && { choices: valuesOf(capacity.choices) }),
      })),
    ),
    ...given('seatTypes', (types) => types.map(labelled)),
    ...given('addOns', (addOns) => addOns.map(described)),
    ...given('budget', labelled),
    ...given('models', (models) => models.map(labelled)),
    ...given('tools', (tools) => tools.map(labelled)),
    ...given('storage', (kinds) => kinds.map((kind) => ({ ...labelled(kind), unit: unitOf(kind.unit) }))),
    ...given('creditPacks', (packs) => packs.map(labelled)),
  };
}
