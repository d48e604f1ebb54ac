import { render } from '@testing-library/react';
import { LocaleProvider } from '@usagekit/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { states } from '../../../../sdk/gallery/states.tsx';

const lines: string[] = [];
beforeEach(() => {
  lines.length = 0;
  vi.stubEnv('NODE_ENV', 'development');
  vi.spyOn(console, 'error').mockImplementation((line) => void lines.push(String(line)));
});
afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

const ready = new Map(states.filter(({ state }) => state !== 'loading').map((each) => [each.widget, each]));
const textOf = (locale: string, timeZone: string, element: React.ReactElement) => {
  const { container, unmount } = render(
    <LocaleProvider locale={locale} timeZone={timeZone}>
      {element}
    </LocaleProvider>,
  );
  const text = container.textContent;
  unmount();
  return text;
};

it.each([...ready])(
  'F10: %s is drawn in English where the locale or the zone is not known',
  (_widget, { element }) => {
    const { container, unmount } = render(element);
    const plain = container.textContent;
    unmount();
    expect(textOf('english (US)', 'Berlin time', element)).toBe(plain);
  },
);

it.each([
  ['locale', 'de_DE', 'UTC', '[UsageKit] locale is "de_DE"; accepted: a BCP 47 tag'],
  ['locale', '', 'UTC', '[UsageKit] locale is ""; accepted: a BCP 47 tag'],
  ['locale', 'zzz-ZZ', 'UTC', '[UsageKit] locale is "zzz-ZZ"; accepted: a BCP 47 tag'],
  ['zone', 'en', 'CEST/Berlin', '[UsageKit] timeZone is "CEST/Berlin"; accepted: an IANA zone'],
] as const)(
  'F10: one line of the console names a %s that is not known: %s %s',
  (_name, locale, timeZone, line) => {
    const [first] = ready.values();
    if (!first) throw new Error('The gallery is empty');
    textOf(locale, timeZone, first.element);
    textOf(locale, timeZone, first.element);
    expect(lines).toEqual([expect.stringContaining(line)]);
  },
);
