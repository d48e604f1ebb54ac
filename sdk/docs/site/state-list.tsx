import '@usagekit/react/styles.css';
import { states } from '../../gallery/states.tsx';
import { UsageKitContext } from '../../src/provider/context.ts';

const context = { client: undefined, session: null, locale: 'en', messages: {} };

/** The gallery's states of one component, one beneath another. */
export function StateList({ name }: { name: string }) {
  return (
    <UsageKitContext.Provider value={context}>
      {states
        .filter(({ widget }) => widget === name)
        .map(({ state, element }) => (
          <figure key={state} className="docs-state">
            <figcaption>{state}</figcaption>
            {element}
          </figure>
        ))}
    </UsageKitContext.Provider>
  );
}
