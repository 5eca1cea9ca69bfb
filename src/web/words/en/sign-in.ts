/** The pages on which somebody signs in. */
export const signIn = {
  title: 'Sign in',
  product: 'Daypass',
  docs: 'Documentation',
  farewells: {
    ENDED: 'Your session has ended. Sign in again to continue where you left off.',
    SIGNED_OUT: 'You are signed out.',
  },
  people: {
    title: 'Try the sandbox',
    desk: 'Demo service desk',
    text: 'Sign in as a demo user. Each tab has its own sign-in: open a second tab to be an admin and an agent at the same time.',
    none: 'There are no users yet. Start with DAYPASS_DEMO=true, or create an account on the command line.',
  },
  providers: {
    title: 'Sign in with your organisation',
    label: 'Service desk',
    text: 'Its short name. Your organisation’s sign-in page opens.',
    missing: 'Enter the short name of your service desk.',
    notAName:
      'A short name has only the letters a to z, digits and hyphens, such as “acme”. It is neither an email address nor a web address.',
    placeholder: 'acme',
    continue: 'Continue',
    none: 'No service desk with this name has an identity provider. Check the name, or ask an account admin.',
  },
  bearer: {
    title: 'Sign in with a bearer token',
    text: 'An operator creates one with <code>daypass token</code>.',
    label: 'Bearer token',
    missing: 'Paste a bearer token.',
    wrong:
      'This token is not valid, or no longer valid. Copy the whole token, or ask the operator for a new one.',
    submit: 'Sign in',
  },
  activate: {
    title: 'Activate your account',
    activeTitle: 'You can sign in now',
    invited: (name: string, desk: string) =>
      `${name}, you are invited to work at the service desk of ${desk}.`,
    signsInAs: (email: string) => `You will sign in as ${email}.`,
    submit: 'Activate',
    done: (email: string) => `Your account is active. Sign in as ${email}.`,
    signIn: 'Sign in',
    noToken: 'This address is incomplete. Open the link in your invitation email again.',
    invalid:
      'This link is no longer valid. If your account is active already, sign in. Otherwise ask an account admin for a new link.',
  },
  inbox: {
    title: 'Development inbox',
    text: 'SMTP_URL is not set, so emails appear here instead of being sent. Production has no such page.',
    none: 'No emails yet',
    noneText: 'Emails appear here automatically, for example when you invite an agent.',
    mails: 'Emails, newest first',
    to: (recipient: string) => `To ${recipient}`,
  },
  signingIn: 'Signing in …',
  failed: 'You are not signed in',
  back: 'Back to sign-in',
};
