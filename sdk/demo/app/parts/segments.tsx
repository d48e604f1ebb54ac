import { useId } from 'react';

interface SegmentsProps<Id extends string> {
  label: string;
  options: readonly { readonly id: Id; readonly label: string }[];
  value: Id;
  onChange: (id: Id) => void;
  showLabel?: boolean;
}

/** One choice out of a few, as radio buttons that look like a switch. */
export function Segments<Id extends string>(props: SegmentsProps<Id>) {
  const { label, options, value, onChange, showLabel = false } = props;
  const name = useId();
  return (
    <fieldset className="segments">
      <legend className={showLabel ? undefined : 'hidden'}>{label}</legend>
      <div>
        {options.map((option) => (
          <label key={option.id}>
            <input
              type="radio"
              name={name}
              checked={option.id === value}
              onChange={() => onChange(option.id)}
            />
            <span>{option.label}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
