const accepted = {
  locale: "a BCP 47 tag that Intl knows here, such as 'en' or 'de-DE'; 'en' is used",
  timeZone: "an IANA zone, such as 'Europe/Berlin' or 'UTC'; the account's own zone is used, or else UTC",
};

/** What was told; an array, since bundlers know that making one has no effect. */
const told: string[] = [];

/** Writes one line to the console for each value that is not known; for development only, a build for production leaves it out. */
export function tellUnknownSetting(name: keyof typeof accepted, value: string): void {
  const line = `[UsageKit] ${name} is ${JSON.stringify(value)}; accepted: ${accepted[name]}.`;
  if (told.includes(line)) return;
  told.push(line);
  // biome-ignore lint/suspicious/noConsole: it is how a developer hears of it, and no production build has it
  console.error(line);
}
