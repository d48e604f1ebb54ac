import { tellUnknownSetting } from './tell-unknown-setting.ts';

/** In the place of `process.env.NODE_ENV` bundlers put its value. */
declare const process: { env: { NODE_ENV?: string } };

/**
 * The setting where `Intl` knows it. Undefined for another one, so that its default is taken and a host's mistake takes no page
 * down; in development the console names it.
 */
export function knownSetting(name: 'locale' | 'timeZone', value: string | undefined): string | undefined {
  if (value === undefined) return value;
  try {
    if (
      name === 'locale'
        ? Intl.DateTimeFormat.supportedLocalesOf(value)[0]
        : new Intl.DateTimeFormat('en', { timeZone: value })
    )
      return value;
  } catch {
    // Not even of the form of one.
  }
  try {
    if (process.env.NODE_ENV === 'development') tellUnknownSetting(name, value);
  } catch {
    // A page without a bundler has no `process`.
  }
  return undefined;
}
