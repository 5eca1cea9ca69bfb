import { plural } from './plural';

/** What several pages share. */
export const ui = {
  cancel: 'Cancel',
  close: 'Close',
  dismiss: 'Dismiss',
  copy: 'Copy',
  copyOf: (what: string) => `Copy: ${what}`,
  copied: 'Copied',
  copiedOf: (what: string) => `${what}: copied`,
  loading: 'Loading',
  tryAgain: 'Try again',
  next: 'Next',
  previous: 'Previous',
  pageSize: 'Rows per page',
  total: (count: number) => plural(count, { other: '# in total' }),
  tabTitle: (page: string) => `${page} · Daypass`,
  unsavedBack: 'What you had not saved is in the form again. Save it now.',
  notFound: {
    title: 'Page not found',
    text: 'Check the address, or choose a page from the menu above.',
    textOutside: 'Check the address. The link may be old or incomplete.',
    home: 'Go to the start page',
  },
  live: {
    LIVE: 'Live',
    CONNECTING: 'Connecting',
    BROKEN: 'Not live: reconnecting',
  },
  zones: {
    placeholder: 'Type a city, a time zone or a Rails name',
    noneFound: 'No time zone has this name',
    current: 'Current',
    iana: 'IANA time zones',
    rails: 'Rails names',
  },
  /** '24 Nov, 00:00 in Berlin' */
  timeIn: (time: string, place: string) => `${time} in ${place}`,
  /** '24 Nov 2026, 00:00:12, Berlin time' */
  timeAndZone: (time: string, zone: string) => `${time}, ${zone}`,
  noneFound: 'No results',
  searching: 'Searching …',
  choose: {
    page: 'Choose all rows of this page',
    row: (name: string) => `Choose ${name}`,
  },
  fields: {
    missing: 'Fill in this field.',
    tooLong: (max: string) => `Use at most ${max} characters.`,
    email: 'Enter an email address, such as name@example.com.',
    url: 'Enter a web address that begins with https://.',
    date: 'Complete the date, or leave it empty.',
    amount: (example: string) => `Enter an amount such as 36 or ${example}, or leave it empty.`,
    country: 'Enter the two letters of the country, such as DE or US.',
    wholeNumber: (min: string, max: string) => `Enter a whole number from ${min} to ${max}.`,
  },
};
