/** The pattern of what is beyond an allowance, which a drawing fills by its id. Renders `defs`. */
export function Hatch({ id }: { id: string }) {
  return (
    <defs>
      <pattern id={id} width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <rect className="uk-bar-over" width="5" height="5" />
        <line className="uk-bar-hatch" x1="0" y1="0" x2="0" y2="5" />
      </pattern>
    </defs>
  );
}
