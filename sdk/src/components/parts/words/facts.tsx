import { Fragment, type ReactNode } from 'react';
import { unbroken } from './unbroken.ts';

/**
 * Facts in one line, parted by a middle dot, each kept whole at the end of a line where it can be: an amount by its unit, a day by its
 * month. The dot is seen between two facts of one line, and not where a line begins or ends. What is false or empty is left out;
 * undefined where nothing is left. Each is a `span` in a block; the text is that of the line.
 */
export function facts(...said: readonly (string | false | null | undefined)[]): ReactNode {
  const told = said.filter((fact) => typeof fact === 'string' && fact !== '') as string[];
  if (told.length === 0) return undefined;
  return told.map((fact, place) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: facts have no other name than their place
    <Fragment key={place}>
      {place > 0 && ' '}
      <span className="uk-piece">
        {place > 0 && <span className="uk-piece-dot">· </span>}
        <span className="uk-run">{unbroken(fact)}</span>
      </span>
    </Fragment>
  ));
}
