import { plural } from './plural';

/** Buying day passes. */
export const buy = {
  title: 'Buy day passes',
  billed: 'Your provider adds day passes',
  billedText:
    'The company that runs this service sells day passes for this account. Ask it for more. They appear in the ledger when they are added.',
  noPrice: 'There is no price for your plan',
  noPriceText: 'Ask the operator of this service to set one.',
  wallet: 'Wallet',
  walletText: 'The account’s own wallet, or that of a client.',
  purchaseOrder: 'Your purchase order (optional)',
  purchaseOrderText: 'It is on the order and its invoice.',
  quantity: 'Number of day passes',
  usualQuantities: 'Common quantities',
  submit: 'Buy day passes',
  submitCount: (count: number) =>
    plural(count, { one: 'Buy # day pass …', other: 'Buy # day passes …' }),
  otherPrices: (date: string) => `Other prices apply from ${date}.`,
  tiers: {
    quantity: 'Quantity',
    perPass: 'Per pass',
    whichApplies: 'Which price applies',
    applies: 'Applies',
    examples: 'These are example prices.',
    range: (from: string, to: string) => `${from} to ${to}`,
    from: (from: string) => `From ${from}`,
  },
  summary: {
    total: 'Total',
    beforeTax: 'before tax',
    totalBeforeTax: 'Total before tax',
    perPass: 'Per pass',
    balanceNow: 'Balance now',
    balanceAfter: 'Balance after',
    covers: 'Covers about',
    days: (count: number) => plural(count, { one: '# day', other: '# days' }),
    overAYear: 'more than a year',
    coversText: 'With the balance, at the pace of the last 12 weeks.',
    coversRange: (least: string, most: string) =>
      `With the balance, at the pace of the last 12 weeks. Between ${least} and ${most}.`,
    coversAtLeast: (least: string) =>
      `With the balance, at the pace of the last 12 weeks. At least ${least}.`,
  },
  saving: (more: string, saved: string, now: string) => `${more} cost ${saved} less than ${now}.`,
  nextTier: (more: string, price: string) => `With ${more} more, each costs ${price}.`,
  quote: {
    total: 'Total with tax',
    tax: (rate: string) => `Tax ${rate} %`,
    loading: 'Calculating the tax …',
    notIncluded: 'Tax is not included.',
    noBuyer: 'Enter your <settings>invoice address</settings> to see which tax applies.',
    due: (date: string) => `The invoice is due on ${date}.`,
    openOrders: 'Show what is still to be paid',
    seller: (name: string) => `Sold by ${name}.`,
  },
  confirm: {
    title: 'Buy day passes?',
    submit: (total: string) => `Buy for ${total}`,
    priceChanged: (now: string, before: string) =>
      `The price has changed: it is now ${now} per pass, it was ${before}. Nothing was bought.`,
    passes: 'Day passes',
    perPass: 'Per pass',
    totalBeforeTax: 'Total before tax',
    wallet: 'Wallet',
    atOnce: 'The passes are in the wallet immediately.',
    whenPaid: 'The passes come when the order is paid. You get no invoice before.',
    unanswered:
      'No answer came. Trying again buys them only once, even if the first try succeeded.',
    refused: (problem: string) => `Nothing was bought. ${problem}`,
  },
  order: {
    /** '25 day passes for USD 300.00' */
    amount: (passes: string, total: string) => `${passes} for ${total}`,
    finishing: (amount: string) => `Finishing your purchase of ${amount} …`,
    bought: (amount: string) => `You bought ${amount}.`,
    ordered: (total: string) =>
      `We have your order. The passes come when the payment of ${total} does.`,
    balance: (balance: string) => `The balance is ${balance}. <ledger>View in the ledger</ledger>`,
    priceChanged: 'The price has changed. Check the new total, then buy.',
    unanswered: 'No answer came',
    unansweredText: (amount: string) =>
      `It is not known whether you bought ${amount}. Trying again finds out, and buys them only once.`,
    giveUp: 'Discard',
  },
  past: {
    title: 'Past purchases',
    caption: 'Purchases',
    none: 'No purchases yet',
    noneText: 'Your purchases appear here.',
    older: 'Show older purchases',
    when: 'When',
    passes: 'Passes',
    perPass: 'Per pass',
    total: 'Total',
    by: 'By',
    wallet: 'Wallet',
  },
};
