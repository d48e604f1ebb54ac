import { tellUnknownSetting } from './tell-unknown-setting.ts';

/** In the place of `process.env.NODE_ENV` bundlers put its value. */
declare const process: { env: { NODE_ENV?: string } };

const checks = {
  locale: (value: string) => Intl.NumberFormat.supportedLocalesOf(value).length > 0,
  timeZone: (value: string) => new Intl.DateTimeFormat('en', { timeZone: value }),
};

/**
 * The setting where `Intl` knows it. Undefined for another one, so that its default is taken and a host's mistake takes no page
 * down; in development the console names it.
 */
export function knownSetting(name: keyof typeof checks, value: string | undefined): string | undefined {
  if (value === undefined) return undefined;
  try {
    if (checks[name](value)) return value;
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
