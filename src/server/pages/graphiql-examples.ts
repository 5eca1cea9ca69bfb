/** One tab of the explorer, as it is first opened. */
export interface ExampleTab {
  query: string;
  variables?: string;
  headers: string;
}

/** The placeholder for the bearer token; the explorer never sends it. */
export const bearerPlaceholder = 'Bearer PASTE-A-TOKEN-HERE';

/** The initial Headers of a new tab. */
export const exampleHeaders = JSON.stringify({ authorization: bearerPlaceholder }, null, 2);
const headers = exampleHeaders;

const firstQuery = `# Requests are sent as the user at the top of this
# page. To be somebody else, paste a bearer token
# into "Headers" below: "npx daypass token" prints
# one, and the other tabs use it too. Then press the
# play button or Ctrl-Enter.
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
# consumes a pass. If an occasional agent needs a
# pass, the answer has the text of the pop-up and a
# token: copy the token for the next tab.
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
# agent has access until the end of its local day.
# Paste the gate's token into "Variables" below.
# The same token never takes a second pass.
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

const subscription = `# Runs over a WebSocket at /graphql until you
# stop it. Meanwhile, let an agent use a pass.
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
