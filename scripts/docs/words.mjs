/** What stands around the texts. They are in English, and so is this. */
export const words = {
  product: 'Daypass',
  skip: 'Skip to content',
  docs: 'Documentation',
  docsText: 'How to use Daypass, build with it and operate it.',
  open: 'Open Daypass',
  pages: 'All pages',
  onThisPage: 'On this page',
  search: 'Search',
  noneFound: 'Nothing found. Try another word.',
  table: 'Table',
  code: (language) => (language === '' ? 'Code' : `Code: ${language}`),
};
