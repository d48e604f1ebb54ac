import { Fragment, type ReactNode } from 'react';

/**
 * Facts in one line, parted by a middle dot, each kept whole at the end of a line where it can be: an amount by its unit, a day by its
 * month, and by the dot after it. What is false or empty is left out; undefined where nothing is left. Each is a `span`; the text is
 * that of the line.
 */
export function facts(...said: readonly (string | false | null | undefined)[]): ReactNode {
  const told = said.filter(Boolean);
  if (told.length === 0) return undefined;
  return told.map((fact, place) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: facts have no other name than their place
    <Fragment key={place}>
      {place > 0 && ' '}
      <span className="uk-piece">
        <span className="uk-run">{fact}</span>
        {place < told.length - 1 && ' ·'}
      </span>
    </Fragment>
  ));
}
