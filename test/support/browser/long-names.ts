import type { Page } from 'playwright-core';
import { openFilledDesk, type FilledDesk } from '../desk/filled-desk';
import type { TestSite } from '../desk/desk';
import { addAgentKey, addKey } from '../desk/keys';

/** 80 letters: several words, as organisations have them, and a single one. */
const words =
  'The Honourable Company of Managed Services and Night Watches of the Lower Danube'.padEnd(
    80,
    'e',
  );
const word = 'Wolfeschlegelsteinhausenbergerdorff'.repeat(3).slice(0, 80);

/** What has a name that people choose; `$1` is the account, `$2` the words, `$3` the single word. */
const renamings = [
  'update accounts set name = $2 where id = $1 and $3 <> $2',
  ...(
    [
      ['agents', 'name'],
      ['clients', 'name'],
      ['tickets', 'subject'],
      ['tickets', 'requester_name'],
      ['wallets', 'name'],
      ['webhook_endpoints', 'description'],
      ['notice_channels', 'name'],
      ['identity_providers', 'name'],
    ] as const
  ).map(
    ([table, column]) =>
      `update ${table} set ${column} = case when get_byte(uuid_send(id), 15) % 2 = 0 then $2 else $3 end
       where account_id = $1`,
  ),
  `update webhook_endpoints set url = 'https://' || lower($3) || '.example/' || replace($2, ' ', '-')
   where account_id = $1`,
  `update agents set email = left(lower($3), 50) || right(id::text, 12) || '@' || left(lower($3), 60) || '.example'
   where account_id = $1 and $2 <> $3 and email <> 'person@desk.example'`,
];

/** A desk with something of everything, each with a name of 80 letters. */
export async function openLongNamedDesk(site: TestSite): Promise<FilledDesk> {
  const filled = await openFilledDesk(site, 'long');
  for (const statement of renamings) await filled.desk.sql(statement, [words, word]);
  // The names of keys are not changed.
  await addKey(filled.desk, { name: words });
  await addAgentKey(filled.desk, filled.insider, { name: word });
  return filled;
}

/**
 * What does not fit in the window, as text: a document that is wider, a cell that is outside of its table,
 * a text that is cut off with no way to read the rest of it, and texts that lie on one another.
 */
export async function whatDoesNotFit(page: Page): Promise<string[]> {
  return page.evaluate<string[]>(measure);
}

const measure = `(() => {
  const found = [];
  const root = document.documentElement;
  if (root.scrollWidth > root.clientWidth) found.push('the document is ' + root.scrollWidth + ' px wide');
  const nameOf = (one) => one.tagName.toLowerCase() + '.' + String(one.className.baseVal ?? one.className).split(' ').slice(-2).join('.') + ' "' + one.textContent.trim().slice(0, 30) + '"';
  const isSeen = (one) => one.checkVisibility({ opacityProperty: true, visibilityProperty: true }) && one.getClientRects().length > 0;
  const scrolls = (one) => {
    for (let at = one; at && at !== document.body; at = at.parentElement) {
      const { overflowX } = getComputedStyle(at);
      if (overflowX === 'auto' || overflowX === 'scroll') return true;
    }
    return false;
  };
  for (const cell of document.querySelectorAll('td, th')) {
    if (!isSeen(cell)) continue;
    const table = cell.closest('table').getBoundingClientRect();
    for (const one of [cell, ...cell.querySelectorAll('*')]) {
      if (!isSeen(one) || getComputedStyle(one).position === 'absolute') continue;
      const box = one.getBoundingClientRect();
      const own = cell.getBoundingClientRect();
      if (box.right > table.right + 1 || box.left < table.left - 1) found.push('outside of its table: ' + nameOf(one));
      else if (box.right > own.right + 1) found.push('outside of its cell: ' + nameOf(one));
    }
  }
  const seenPart = (one, { left, right, top, bottom }) => {
    for (let at = one.parentElement; at && at !== document.body; at = at.parentElement) {
      const { overflowX, overflowY } = getComputedStyle(at);
      if (overflowX === 'visible' && overflowY === 'visible') continue;
      const box = at.getBoundingClientRect();
      [left, right] = [Math.max(left, box.left), Math.min(right, box.right)];
      [top, bottom] = [Math.max(top, box.top), Math.min(bottom, box.bottom)];
    }
    return { left, right, top, bottom };
  };
  const texts = [];
  for (const one of document.body.querySelectorAll('*')) {
    if (one.closest('svg, script, style, .skip, [hidden]') || !isSeen(one)) continue;
    const own = [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
    if (!own && !/^(BUTTON|INPUT|SELECT|TEXTAREA)$/.test(one.tagName)) continue;
    const style = getComputedStyle(one);
    if (style.clipPath !== 'none' || style.clip !== 'auto') continue;
    const box = one.getBoundingClientRect();
    if (box.width < 2 || box.height < 2) continue;
    if (box.right > root.clientWidth + 1 && !scrolls(one)) found.push('right of the window: ' + nameOf(one));
    if (own && style.overflowX === 'hidden' && one.scrollWidth > one.clientWidth + 1 && !one.closest('[title]'))
      found.push('cut off: ' + nameOf(one));
    if (own && style.overflowX === 'visible' && style.display !== 'inline' && one.scrollWidth > one.clientWidth + 1)
      found.push('runs out: ' + nameOf(one));
    if (own) texts.push({ one, box: seenPart(one, box) });
  }
  const layerOf = (one) => {
    for (let at = one; at && at !== document.body; at = at.parentElement) {
      if (/fixed|sticky/.test(getComputedStyle(at).position)) return at;
    }
    return null;
  };
  const layers = texts.map(({ one }) => layerOf(one));
  texts.forEach(({ one, box }, a) => {
    for (let b = a + 1; b < texts.length; b += 1) {
      const other = texts[b];
      if (layers[a] !== layers[b] || one.contains(other.one) || other.one.contains(one)) continue;
      const width = Math.min(box.right, other.box.right) - Math.max(box.left, other.box.left);
      const height = Math.min(box.bottom, other.box.bottom) - Math.max(box.top, other.box.top);
      if (width > 2 && height > 4) found.push('on one another: ' + nameOf(one) + ' and ' + nameOf(other.one));
    }
  });
  return [...new Set(found)].slice(0, 30);
})()`;
