import { plural } from './plural';

/** The dashboard's first page. */
export const overview = {
  title: 'Overview',
  invitation:
    'Activity, agents who are in now and usage are shown while you are in the agent portal, which needs a day pass. The balance and buying never need one.',
  steps: {
    title: 'First steps',
    text: 'What an account needs before its first occasional agent can enter.',
    close: 'Close the first steps',
    done: 'Done:',
    toDo: 'To do:',
    prices: 'Get prices for day passes',
    pricesText: 'The company that runs this service sets them. Example prices do not count.',
    agents: 'Invite occasional agents',
    agentsText: 'They cost nothing until they enter.',
    passes: 'Buy day passes',
    passesText: 'An occasional agent uses one for each day.',
    gate: 'Embed the gate',
    gateText:
      'Add it to your own portal, or let agents use this one. Done when the first pass is used.',
  },
  balance: {
    left: 'Passes left',
    leftCount: (count: number) => plural(count, { one: '# pass left', other: '# passes left' }),
    buy: 'Buy day passes',
    price: (price: string) => `${price} a pass before tax`,
    priceFrom: (price: string, least: string, quantity: number) =>
      `${price} a pass before tax, ${least} ${plural(quantity, { other: 'from # passes' })}`,
  },
  wallet: {
    frozen: 'The wallet is frozen',
    frozenText:
      'No occasional agent can enter until you unfreeze it in <settings>Settings</settings>. Agents who are in stay in.',
    low: 'The balance is low',
    lowText: (threshold: number) =>
      `${plural(threshold, { other: '# or fewer passes are left, the limit that you set.' })} <buy>Buy day passes</buy> before they run out.`,
    empty: 'No passes are left',
    owed: (count: number) =>
      plural(count, { one: '# emergency pass is owed', other: '# emergency passes are owed' }),
    owedText: 'Your next purchase pays for them first.',
    emergencyLeft: (count: number) =>
      plural(count, {
        one: 'In an emergency, # more can be used.',
        other: 'In an emergency, # more can be used.',
      }),
    noneLeft: 'No occasional agent can enter.',
    buy: '<buy>Buy day passes</buy>.',
  },
  emptyBy: {
    label: 'Empty by',
    between: (earliest: string, latest: string) =>
      `Between ${earliest} and ${latest}, if use stays as in the last weeks`,
    sure: 'If use stays as in the last weeks',
    now: 'Now',
    nowText: 'Nothing is left.',
    noHistory: 'Not enough history',
    noHistoryText: (days: number) =>
      `The forecast needs 14 days with use in 12 weeks; ${plural(days, { one: 'there is # so far', other: 'there are # so far' })}`,
    overAYear: 'Not within a year',
    overAYearText: 'If use stays as in the last weeks',
    perhapsFrom: (earliest: string) => `In one of ten cases by ${earliest}`,
  },
  month: {
    label: (month: string) => `Cost in ${month}`,
    labelOfPresent: 'Cost this month',
    used: (count: number) => plural(count, { one: '# pass used', other: '# passes used' }),
    usedAtListPrice: (used: string, cost: string) => `${used}, ${cost} at list price`,
    nothingPaid: 'Nothing paid',
  },
  facts: {
    inNow: 'In now',
    inNowMany: '10,000+',
    usedToday: 'Used today',
    usedIn: (days: number) => plural(days, { one: 'Used in # day', other: 'Used in # days' }),
    paidIn: (days: number) => plural(days, { one: 'Paid in # day', other: 'Paid in # days' }),
    change: (percent: number, days: number) =>
      percent === 0
        ? plural(days, { one: 'as in the # day before', other: 'as in the # days before' })
        : `${Math.abs(percent)} % ${percent > 0 ? 'more' : 'less'} ${plural(days, { one: 'than in the # day before', other: 'than in the # days before' })}`,
  },
  history: {
    title: 'Balance and use',
    none: 'No passes have moved yet',
    noneText: 'Your balance, purchases, use and the forecast are drawn here.',
    today: 'Today',
    day: (day: string, balance: string, parts: readonly string[]) =>
      [`${day}: ${balance} left`, ...parts].join(', '),
    usedCount: (count: number) => plural(count, { one: '# used', other: '# used' }),
    addedCount: (change: string) => `${change} added`,
    summary: (used: number, from: string) =>
      `${plural(used, { one: '# pass used', other: '# passes used' })} since ${from}`,
    chartLabel: (summary: string, outlook: string | null) =>
      `Balance and use by day: ${summary}.${outlook ? ` Empty by: ${outlook}.` : ''} The table shows the same numbers.`,
    byDay: 'Balance and use by day',
    columns: { day: 'Day', used: 'Used', added: 'Added', balance: 'Balance' },
    keys: {
      balance: 'Balance',
      added: 'Purchase or grant',
      used: 'Used per day',
      band: 'Forecast',
      threshold: 'Low-balance limit',
      ends: 'Passes expire',
    },
  },
  inNow: {
    title: 'In now',
    caption: 'Agents who are in now',
    agent: 'Agent',
    untilThere: 'Until, agent’s time',
    untilHere: 'Until, account time',
    left: 'Time left',
    others: (count: number) => plural(count, { one: '# more', other: '# more' }),
    all: 'All',
    noneShort: 'No running day pass',
    none: 'No agent is in with a day pass',
    noneText: 'Occasional agents appear here from the moment they use a pass until their midnight.',
  },
  usage: {
    title: 'Passes used',
    groupBy: 'Group by',
    largestOnly: (count: number) => `Those with the most passes: ${count} at most.`,
    groups: {
      AGENT: 'By agent',
      CLIENT: 'By client',
      SOURCE: 'By source',
    },
    period: 'Period',
    days30: '30 days',
    days90: '90 days',
    none: (from: string) => `No passes used since ${from}`,
    noneText: 'An occasional agent uses a pass on first entering the agent portal each day.',
    used: (count: number, from: string) => `${plural(count, { other: '# used' })} since ${from}`,
    usedAndReversed: (used: string, reversed: number) =>
      `${used}; ${plural(reversed, { one: '# more was reversed', other: '# more were reversed' })}`,
    noClient: 'No client',
    hidden: 'Not visible to you',
    byGroup: 'Passes used by group',
    name: 'Name',
    share: 'Share',
    shareOf: (percent: number) => `${percent} %`,
    columns: {
      used: 'Used',
      reversed: 'Reversed',
      emergency: 'Emergency',
    },
  },
  feed: {
    title: 'Activity',
    all: 'View all',
    today: 'Today',
    nothingToday: 'Nothing yet.',
    none: 'No activity yet',
    noneText: 'Everything that happens to your passes appears here immediately.',
    used: (who: string, until: string) => `${who} used a day pass, until ${until}`,
    usedEmergency: (who: string, until: string) => `${who} used an emergency pass, until ${until}`,
    keyOf: (agent: string) => `An API key of ${agent}`,
    ended: (agent: string) => `${agent}’s day pass ended`,
    reversed: (who: string, agent: string, reason: string) =>
      `${who} reversed ${agent}’s day pass: ${reason}`,
    granted: (who: string, passes: string, reason: string) => `${who} granted ${passes}: ${reason}`,
    bought: (who: string, passes: string, total: string) => `${who} bought ${passes} for ${total}`,
    orderCanceled: 'An order of day passes was canceled',
    orderPaid: 'An order of day passes was paid',
    orderPlaced: 'Day passes were ordered',
    invoice: (number: string) => `Invoice ${number} was issued`,
    creditNote: (number: string) => `Credit note ${number} was issued`,
    expired: (passes: string) => `${passes} expired unused`,
    low: (threshold: number) => plural(threshold, { other: 'The balance fell to # or below' }),
    empty: 'The last pass was used: the wallet is empty',
    other: 'An event that this page does not know yet',
    apiKey: (name: string) => `The API key ${name}`,
    operator: 'The operator',
  },
};
