/** One tab of the explorer, as it is first opened. */
export interface ExampleTab {
  query: string;
  variables?: string;
  headers: string;
}

/** Stands where the bearer goes; the explorer sends no such thing. */
export const bearerPlaceholder = 'Bearer PASTE-A-TOKEN-HERE';

/** What the Headers of a new tab say. */
export const exampleHeaders = JSON.stringify({ authorization: bearerPlaceholder }, null, 2);
const headers = exampleHeaders;

const firstQuery = `# Put a bearer into "Headers" below, once:
# the other tabs use it, too. The start of the
# service prints some; "npx daypass token" others.
# Then press the play button, or Ctrl-Enter.
query WhoAmI {
  viewer {
    kind
    agent {
      name
      email
      type
      timeZone
    }
    account {
      name
      now
    }
  }
  dayPassWallet {
    name
    balance
  }
}
`;

const gate = `# May I enter the agent portal now? Asking never
# consumes a pass. To an occasional agent without
# one it says what the pop-up says: copy the token
# for the next tab.
query Gate {
  viewer {
    portalAccess {
      __typename
      ... on PortalAccessGranted {
        basis
        until
      }
      ... on DayPassRequired {
        confirmation {
          notice
          passExpiresAt
          balance
          token
        }
      }
      ... on PortalAccessDenied {
        reason
        message
      }
    }
  }
}
`;

const consume = `# Proceed: one pass leaves the wallet, and the
# agent is in until the end of its local day.
# Put the gate's token into "Variables" below; the
# same token again takes no second pass.
mutation Proceed($token: String!) {
  consumeDayPass(input: { confirmationToken: $token }) {
    consumption {
      localDate
      timeZone
      expiresAt
    }
    wallet {
      balance
    }
    userErrors {
      code
      message
    }
  }
}
`;

const subscription = `# Runs over a WebSocket at /graphql until it is
# stopped. Let an agent proceed meanwhile.
subscription Balance {
  dayPassWalletChanged {
    sequence
    balance
    delta
    cursor
  }
}
`;

/** The first query, the gate, the consumption and a subscription, each in a tab of its own. */
export const exampleTabs: readonly ExampleTab[] = [
  { query: firstQuery, headers },
  { query: gate, headers },
  {
    query: consume,
    variables: JSON.stringify({ token: 'THE-TOKEN-OF-THE-GATE' }, null, 2),
    headers,
  },
  { query: subscription, headers },
];
