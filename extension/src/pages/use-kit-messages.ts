import { useEffect, useState } from 'react';
import type { KitMessages } from '../kit-messages/give-kit-messages.ts';
import { loadKitMessages } from '../kit-messages/load-kit-messages.ts';

const english: KitMessages = {};

/** The texts of the kit's parts in a language; undefined until they are read, where they have to be. */
export function useKitMessages(language: string): KitMessages | undefined {
  const [loading] = useState(() => loadKitMessages(language));
  const [messages, setMessages] = useState(loading === undefined ? english : undefined);
  useEffect(() => {
    loading?.then(setMessages, (error) => {
      // English words next to figures are better than nothing.
      reportError(error);
      setMessages(english);
    });
  }, [loading]);
  return messages;
}
