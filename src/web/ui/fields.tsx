import { useId, type ReactNode } from 'react';
import './fields.css';

/*
 * The fields of a list's filter, in plain elements: Mantine's have ten components each, which were half of
 * the work of drawing a page with a list. The fields of forms are Mantine's.
 */

export interface FieldChoice {
  value: string;
  label: string;
}

/** Chooses one of a few values. */
export function SelectField({
  label,
  isLabelHidden = false,
  isSmall = false,
  isDisabled,
  value,
  choices,
  onChange,
}: {
  label: string;
  /** Whether the label is only for people who use a screen reader. */
  isLabelHidden?: boolean;
  isSmall?: boolean;
  isDisabled?: boolean;
  value: string;
  choices: readonly FieldChoice[];
  onChange: (value: string) => void;
}) {
  const id = useId();
  return (
    <div className="field">
      {!isLabelHidden && (
        <label className="field-label" htmlFor={id}>
          {label}
        </label>
      )}
      <span className="field-box" data-list data-small={isSmall || undefined}>
        <select
          id={id}
          aria-label={isLabelHidden ? label : undefined}
          disabled={isDisabled}
          value={value}
          onChange={({ currentTarget }) => onChange(currentTarget.value)}
        >
          {choices.map((one) => (
            <option key={one.value} value={one.value}>
              {one.label}
            </option>
          ))}
        </select>
      </span>
    </div>
  );
}

/** A date, as YYYY-MM-DD, or ''. */
export function DateField({
  label,
  value,
  min,
  max,
  error = null,
  onChange,
}: {
  label: string;
  value: string;
  min?: string;
  max?: string;
  /** What is wrong with it. */
  error?: string | null;
  onChange: (date: string) => void;
}) {
  const id = useId();
  return (
    <Labelled id={id} label={label}>
      <span className="field-box">
        <input
          id={id}
          type="date"
          aria-invalid={error !== null}
          aria-describedby={error === null ? undefined : `${id}-error`}
          {...{ value, min, max }}
          onChange={({ currentTarget }) => onChange(currentTarget.value)}
        />
      </span>
      {error !== null && (
        <p className="field-error" id={`${id}-error`}>
          {error}
        </p>
      )}
    </Labelled>
  );
}

/** A field with its label above it. */
export function Labelled({
  id,
  label,
  children,
}: {
  /** That of the input. */
  id: string;
  label: string;
  children: ReactNode;
}) {
  return (
    <div className="field">
      <label className="field-label" htmlFor={id}>
        {label}
      </label>
      {children}
    </div>
  );
}

/** Fields side by side. */
export function Fields({
  onDesk,
  onPhone,
  isSearch = false,
  label,
  children,
}: {
  /** How many beside each other where there is room. */
  onDesk: 3 | 4 | 6 | 7;
  /** On a phone there are two, if not one. */
  onPhone?: 1;
  /** Whether they are a part of the page that people look for. */
  isSearch?: boolean;
  label?: string;
  children: ReactNode;
}) {
  return (
    <div
      className="fields"
      data-desk={onDesk}
      data-phone={onPhone}
      role={isSearch ? 'search' : undefined}
      aria-label={label}
    >
      {children}
    </div>
  );
}
