import type { LocaleProvider } from '@usagekit/react/usage-panel/no-charts';
import type { ComponentProps } from 'react';

/** Texts of the kit's parts. */
export type KitMessages = NonNullable<ComponentProps<typeof LocaleProvider>['messages']>;

/** Where the script of a language leaves its texts. */
const globalKey = 'usagekitMessages';

const page = globalThis as { [globalKey]?: KitMessages };

/** Called by the script of a language. */
export function giveKitMessages(messages: KitMessages): void {
  page[globalKey] = messages;
}

/** What the script of a language has left. */
export function takeKitMessages(): KitMessages {
  return page[globalKey] ?? {};
}
