import { useId } from 'react';
import './fields.css';
import type { FieldChoice } from './fields';

/** Chooses one of a few, which stand side by side. */
export function Segments<Value extends string>({
  label,
  value,
  choices,
  isDisabled,
  onChange,
}: {
  /** What is chosen, for people who use a screen reader. */
  label: string;
  value: Value;
  choices: readonly (FieldChoice & { value: Value })[];
  isDisabled?: boolean;
  onChange: (value: Value) => void;
}) {
  const name = useId();
  return (
    <div className="segments" role="radiogroup" aria-label={label}>
      {choices.map((one) => (
        <label key={one.value} className="segment">
          <input
            type="radio"
            name={name}
            value={one.value}
            checked={one.value === value}
            disabled={isDisabled}
            onChange={() => onChange(one.value)}
          />
          {one.label}
        </label>
      ))}
    </div>
  );
}
