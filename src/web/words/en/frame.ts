/** What is around every page. */
export const frame = {
  skip: 'Skip to content',
  menu: 'Menu',
  openMenu: 'Open the menu',
  closeMenu: 'Close the menu',
  main: 'Main',
  places: {
    myTickets: 'My tickets',
    agentPortal: 'Agent portal',
    dayPasses: 'Day passes',
  },
  /** In place of a name: a key has none. */
  key: 'API key',
  /** 'Times in New York time (EDT)' */
  timesIn: (zone: string) => `Times in ${zone}`,
  theme: 'Theme',
  appearance: {
    auto: 'System',
    light: 'Light',
    dark: 'Dark',
  },
  explorer: 'API explorer',
  help: 'Help with this page',
  signOut: 'Sign out',
  brokenPage: {
    title: 'This page could not be shown',
    text: 'Daypass may have been upgraded since you opened it. What you started to write is kept.',
    reload: 'Reload the page',
  },
};
