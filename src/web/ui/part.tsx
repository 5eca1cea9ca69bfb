import { useId, type ReactNode } from 'react';
import './part.css';

/** A part of a page, with its own heading. In plain elements, as most of what pages with lists draw. */
export function Part({
  title,
  description,
  children,
}: {
  title: string;
  /** What it is for, if that needs an explanation. */
  description?: ReactNode;
  children: ReactNode;
}) {
  const id = useId();
  return (
    <section className="part stack" aria-labelledby={id}>
      <div>
        <h2 className="part-title" id={id}>
          {title}
        </h2>
        {description && <p className="part-text">{description}</p>}
      </div>
      {children}
    </section>
  );
}
