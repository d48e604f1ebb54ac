import * as usages from '../../../sdk/gallery/fixtures/usage.ts';
import { states } from '../../../sdk/gallery/states.tsx';
import { UsagePanel } from '../../../sdk/src/components/usage-panel/no-charts.ts';
import { ar } from '../../../sdk/src/messages/languages/ar.ts';
import { de } from '../../../sdk/src/messages/languages/de.ts';
import { ja } from '../../../sdk/src/messages/languages/ja.ts';
import type { MessageOverrides } from '../../../sdk/src/messages/messages.ts';
import { UsageKitContext } from '../../../sdk/src/provider/context.ts';

const texts: Record<string, MessageOverrides> = { de, ja, ar };

/** Every widget in every state with its data, as a server renders it and as a browser takes it over. */
export function HydratedGallery({ locale }: { locale: string }) {
  const messages = texts[locale.slice(0, 2)] ?? {};
  return (
    <UsageKitContext.Provider value={{ client: undefined, session: null, locale, messages }}>
      {states.map(({ widget, state, element }) => (
        <div key={`${widget} ${state}`} data-shown={`${widget}, ${state}`}>
          {element}
        </div>
      ))}
      {/* What only some accounts have is loaded later here. */}
      {[usages.usage, usages.overUsage, usages.windowedUsage].map((data, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: they never change their order
        <UsagePanel key={place} data={data} />
      ))}
    </UsageKitContext.Provider>
  );
}
