'use strict';
// The list of pages is complete without this: it only hides what a search does not find.
{
  const form = document.querySelector('.search');
  const field = form.querySelector('input');
  const status = form.querySelector('[role=status]');
  const sections = [...document.querySelectorAll('main section')];
  form.hidden = false;
  form.addEventListener('submit', (event) => event.preventDefault());
  field.addEventListener('input', search);
  // A browser that comes back to the page may have kept the text.
  search();

  function search() {
    const wanted = field.value.toLowerCase().split(/\s+/).filter(Boolean);
    const has = (text) => wanted.every((word) => text.toLowerCase().includes(word));
    let found = 0;
    for (const section of sections) {
      const pages = [...section.querySelectorAll('.list > li')];
      for (const page of pages) {
        const headings = page.querySelector('ul');
        for (const heading of headings.children) heading.hidden = !has(heading.textContent);
        headings.hidden = wanted.length === 0 || ![...headings.children].some((one) => !one.hidden);
        // Its title, line and headings, and all words of the page.
        page.hidden = !has(`${page.textContent} ${page.dataset.words}`);
        if (!page.hidden) found += 1;
      }
      section.hidden = pages.every((page) => page.hidden);
    }
    status.textContent = found === 0 ? status.dataset.none : '';
  }
}
