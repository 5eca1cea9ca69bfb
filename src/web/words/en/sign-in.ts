/** The pages on which somebody signs in. */
export const signIn = {
  title: 'Sign in',
  product: 'Daypass',
  farewells: {
    ENDED: 'Your session has ended. Sign in again to continue where you left off.',
    SIGNED_OUT: 'You are signed out.',
  },
  serviceDesk: 'Service desk',
  people: {
    title: 'Sign in as a demo user',
    text: 'Each tab has its own sign-in. Open a second tab to be an admin and an agent at the same time.',
    none: 'There are no users yet. Start with DAYPASS_DEMO=true, or create an account on the command line.',
  },
  providers: {
    title: 'Sign in with your organisation',
    placeholder: 'acme',
    continue: 'Continue',
    none: 'No service desk with this name has an identity provider. Check the name, or ask an account admin.',
  },
  bearer: {
    title: 'Sign in with a bearer token',
    text: 'An operator creates one with <code>daypass token</code>.',
    label: 'Bearer token',
    submit: 'Sign in',
  },
  signingIn: 'Signing in …',
  back: 'Back to sign-in',
};
