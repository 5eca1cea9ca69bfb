import { css } from 'lit';

/**
 * Adopted as a style sheet object, which is permitted even by a policy that refuses inline styles.
 * The colours follow the page's `color-scheme`; each can be set by a custom property.
 */
export const look = css`
  :host {
    display: block;
    --accent: var(--day-pass-accent, light-dark(#1f5fbf, #8ab4f8));
    --accent-text: var(--day-pass-accent-text, light-dark(#ffffff, #0b1a33));
    --surface: var(--day-pass-surface, light-dark(#ffffff, #1d2229));
    --text: var(--day-pass-text, light-dark(#1b2028, #eceff4));
    --muted: var(--day-pass-muted, light-dark(#535d6b, #a9b4c2));
    --border: var(--day-pass-border, light-dark(#d5dae1, #3a434f));
    --warning: var(--day-pass-warning, light-dark(#7a4b00, #ffca6b));
    --warning-surface: var(--day-pass-warning-surface, light-dark(#fff4dc, #3a2e12));
    --radius: var(--day-pass-radius, 12px);
    font-family: var(--day-pass-font, inherit);
  }
  :host([hidden]) {
    display: none;
  }
  * {
    box-sizing: border-box;
  }
  /* So that a page can make the status line sticky above the content. */
  :host > [lang] {
    display: contents;
  }
  p,
  h2,
  dl,
  dd {
    margin: 0;
  }
  .unseen {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  .status {
    display: flex;
    flex-wrap: wrap;
    gap: 0.25em 0.75em;
    align-items: baseline;
    padding: 0.4em 0.75em;
    color: var(--muted);
    background: var(--surface);
    font-size: 0.875rem;
    border-block-end: 1px solid var(--border);
  }
  .status.warns {
    color: var(--warning);
    background: var(--warning-surface);
    font-weight: 600;
  }
  .content:focus {
    outline: none;
  }
  .panel,
  dialog {
    color: var(--text);
    background: var(--surface);
    border: 1px solid var(--border);
    border-radius: var(--radius);
    line-height: 1.5;
    overflow-wrap: anywhere;
  }
  .panel {
    display: grid;
    gap: 0.75rem;
    justify-items: start;
    max-inline-size: 34rem;
    margin: 1.5rem auto;
    padding: 1.25rem 1.5rem;
  }
  .panel.quiet {
    color: var(--muted);
  }
  dialog {
    inline-size: min(30rem, calc(100vw - 2rem));
    max-block-size: calc(100dvh - 2rem);
    margin: auto;
    padding: 1.5rem;
    overflow: auto;
    box-shadow: 0 20px 50px rgb(0 0 0 / 0.3);
  }
  dialog[open] {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 1rem;
  }
  dialog::backdrop {
    background: var(--day-pass-backdrop, rgb(10 15 25 / 0.55));
  }
  h2 {
    font-size: 1.25rem;
    line-height: 1.3;
  }
  h2:focus {
    outline: none;
  }
  dl {
    display: grid;
    gap: 0.375rem;
    padding-block: 0.875rem;
    border-block: 1px solid var(--border);
  }
  dl > div {
    display: flex;
    justify-content: space-between;
    gap: 1rem;
  }
  dt {
    color: var(--muted);
  }
  dd {
    font-weight: 600;
    text-align: end;
    font-variant-numeric: tabular-nums;
  }
  small {
    color: var(--muted);
    font-weight: 400;
    font-size: 0.875em;
  }
  .remark {
    padding: 0.6rem 0.8rem;
    color: var(--warning);
    background: var(--warning-surface);
    border-radius: calc(var(--radius) / 2);
  }
  .remark:empty {
    display: none;
  }
  .buttons {
    display: flex;
    flex-wrap: wrap;
    gap: 0.75rem;
    justify-content: flex-end;
  }
  button {
    min-block-size: 2.75rem;
    padding: 0.5rem 1.25rem;
    color: var(--text);
    background: transparent;
    border: 1px solid var(--border);
    border-radius: calc(var(--radius) / 1.5);
    font: inherit;
    font-weight: 600;
    cursor: pointer;
  }
  button.main {
    color: var(--accent-text);
    background: var(--accent);
    border-color: var(--accent);
  }
  button:focus-visible {
    outline: 3px solid var(--accent);
    outline-offset: 2px;
  }
  button[aria-disabled='true'] {
    opacity: 0.7;
    cursor: default;
  }
  @media (max-width: 30rem) {
    dialog {
      padding: 1.25rem;
    }
    .buttons button {
      flex: 1 1 auto;
      padding-inline: 0.75rem;
    }
  }
`;
