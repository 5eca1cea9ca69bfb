/** The day passes of one agent or client. */
export const history = {
  caption: 'Day passes, newest first',
  from: 'From',
  until: 'Until',
  price: 'List price',
  none: 'No day passes yet',
  noneText: 'Passes that are used appear here.',
  noMatch: 'No day passes in this period',
  noMatchText: 'Choose other dates.',
  belowZero: (wallet: string) => `${wallet}, emergency`,
  inLedger: 'Open in the ledger, to export or print',
};
