import { IconX } from '@tabler/icons-react';
import { useCallback, useId, useState, type ReactNode, type RefCallback } from 'react';
import { flushSync } from 'react-dom';
import './fields.css';

/** Receives the input element as soon as the field itself is made. */
export type InputRef = RefCallback<HTMLInputElement>;

/**
 * A field with a list to search in. Mantine's is much to draw, and most people pass it by: it is made when
 * the pointer or the focus comes to it. Until then a plain field stands in its place, with its look.
 */
export function ListField({
  label,
  description,
  placeholder,
  text = '',
  isRequired = false,
  isUsed = false,
  clearLabel,
  onClear,
  children,
}: {
  label: string;
  description?: string;
  placeholder?: string;
  /** What is chosen. */
  text?: string;
  isRequired?: boolean;
  /** Whether it has something to show that the plain field has not, such as an error. */
  isUsed?: boolean;
  /** With both, what is chosen can be taken away. */
  clearLabel?: string;
  onClear?: () => void;
  /** Draws the field itself; its input gets the reference. */
  children: (input: InputRef) => ReactNode;
}) {
  const [came, setCame] = useState<'pointer' | 'focus' | null>(null);
  const [wasUsed, setUsed] = useState(isUsed);
  if (isUsed && !wasUsed) setUsed(true);
  const focusIt: InputRef = useCallback(
    (input) => {
      if (came !== 'focus') return;
      input?.focus();
      // As the browser does for a field that Tab goes to.
      input?.select();
    },
    [came],
  );
  const id = useId();
  if (came || wasUsed || isUsed) return children(focusIt);
  return (
    <div className="field">
      <label className="field-label" htmlFor={id}>
        {label}
        {isRequired && (
          <span className="field-required" aria-hidden>
            {' *'}
          </span>
        )}
      </label>
      {description && (
        <p className="field-text" id={`${id}-text`}>
          {description}
        </p>
      )}
      <span className="field-box" data-list={text === '' || !onClear || undefined}>
        <input
          id={id}
          role="combobox"
          aria-expanded={false}
          aria-haspopup="listbox"
          aria-describedby={description ? `${id}-text` : undefined}
          autoComplete="off"
          required={isRequired}
          {...{ placeholder, value: text }}
          // A finger comes and clicks at once: the field that it touches stays until it has the focus. A
          // mouse may press before React draws again: a press begins and ends on the same element.
          onPointerEnter={({ pointerType }) =>
            pointerType === 'mouse' && flushSync(() => setCame('pointer'))
          }
          onFocus={() => setCame('focus')}
          onChange={() => setCame('focus')}
        />
        {text !== '' && onClear && (
          <button
            type="button"
            className="field-clear"
            aria-label={clearLabel}
            tabIndex={-1}
            // The focus stays where it is: this button goes with what it takes away.
            onMouseDown={(event) => event.preventDefault()}
            onClick={onClear}
          >
            <IconX size={14} stroke={2} aria-hidden />
          </button>
        )}
      </span>
    </div>
  );
}
