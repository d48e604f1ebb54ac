'use client';
import { useId } from 'react';

/** The small square of a legend, with the texture of its part. Renders an `svg`. Reads nothing. */
export function StackSwatch({ colour }: { colour: number }) {
  const id = useId();
  return (
    <svg className="uk-swatch" width="10" height="10" aria-hidden="true">
      <defs>
        <Texture id={id} colour={colour} />
      </defs>
      <rect width="100%" height="100%" rx="2" fill={`url(#${id})`} />
    </svg>
  );
}

/** The first is plain, and each other has lines or dots of its own, so that all differ where colours do not, as in print. */
const textures: Readonly<Record<number, string>> = {
  2: 'M0 6 L6 0',
  3: 'M0 0 L6 6 M0 6 L6 0',
  4: 'M0 3 H6',
  5: 'M0 0 L6 6',
  6: 'M3 0 V6',
  7: 'M1 1 H2 M4 4 H5',
};

/** A pattern of a chart's colour and its texture, to be used by its id. Renders an SVG `pattern`. Reads nothing. */
export function Texture({ id, colour }: { id: string; colour: number }) {
  const lines = textures[colour];
  return (
    <pattern id={id} width="6" height="6" patternUnits="userSpaceOnUse">
      <rect className="uk-stack" data-chart={colour} width="6" height="6" />
      {lines && <path className="uk-stack-texture" d={lines} />}
    </pattern>
  );
}
