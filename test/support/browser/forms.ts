import type { Locator, Page } from 'playwright-core';
import { eventually } from '../patience';

/** A form, what is typed into its fields, and what each field says to it. */
export interface TriedForm {
  /** The page; left out: as before. */
  path?: string;
  /** The button that opens its dialog. */
  opener?: string;
  submit: string;
  /** The field's label, what is typed into it, and what it says. Of all, the first gets the focus. */
  fields: readonly [label: string, typed: string | null, says: string][];
}

/** 300 letters: more than any name may have. */
export const tooLong = 'x'.repeat(300);

/**
 * Fills a form in wrongly and sends it by the Enter key. Answers what is not as it should be, as text: each
 * field says what is wrong with it, in our words, and the first of them has the focus. A dialog is left by
 * its button, and the focus is then where it was before.
 */
export async function tryForm(page: Page, form: TriedForm): Promise<void> {
  const { opener, submit, fields } = form;
  const within = opener ? page.getByRole('dialog') : page.locator('form', { hasText: submit });
  if (opener) await button(page, opener).click();
  for (const [label, typed] of fields) {
    if (typed !== null) await fieldOf(within, label).fill(typed);
  }
  await button(within, submit).press('Enter');
  for (const [label, , says] of fields) {
    await wrapperOf(within, label).getByText(says, { exact: true }).waitFor();
  }
  await eventually(async () => expect(await saidAtFocus(page)).toContain(fields[0]![2]));
  if (!opener) return;
  await button(within, 'Cancel').click();
  await within.waitFor({ state: 'hidden' });
  await button(page, opener).and(page.locator(':focus')).waitFor();
}

const button = (at: Page | Locator, name: string) => at.getByRole('button', { name, exact: true });

const fieldOf = (at: Locator, label: string) =>
  at.getByRole('textbox', { name: label, exact: true }).or(at.getByLabel(label, { exact: true }));

/** Its text begins with the label. */
const wrapperOf = (at: Locator, label: string) =>
  at
    .locator('.mantine-InputWrapper-root')
    .filter({ hasText: new RegExp(`^${label.replaceAll(/[()]/g, '.')}`) })
    .first();

const saidAtFocus = (page: Page) =>
  page.evaluate<string>(
    `document.activeElement.closest('.mantine-InputWrapper-root')?.textContent ?? ''`,
  );
