import type { Page } from 'playwright-core';

/** More than any page has. */
const stopsMax = 200;

/**
 * The names of what a person can use on a page, but cannot reach with the Tab key; empty if all is
 * reached. Of a group of radio buttons, one is enough: the arrow keys reach the others.
 */
export async function unreachedByKeyboard(page: Page): Promise<string[]> {
  await page.evaluate(`window.reached = new Set(); document.activeElement.blur()`);
  const isNew = `(() => {
    const { activeElement: here } = document;
    // Between the last element and the first one is the browser itself; a date has three stops.
    const isNew = here === document.body || here === window.latest || !window.reached.has(here);
    window.reached.add((window.latest = here));
    return isNew;
  })()`;
  for (let stops = 0; stops < stopsMax; stops += 1) {
    await page.keyboard.press('Tab');
    if (!(await page.evaluate<boolean>(isNew))) break;
  }
  return page.evaluate<string[]>(`[...document.querySelectorAll(
      'a[href], button, input:not([type=hidden]), select, textarea, [tabindex="0"]')]
    .filter((one) => one.checkVisibility() && !one.matches(':disabled, [tabindex="-1"], [type=radio]'))
    .filter((one) => !window.reached.has(one))
    .map((one) => one.getAttribute('aria-label') ?? (one.textContent || one.outerHTML))`);
}
