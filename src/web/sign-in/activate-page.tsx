import { Alert, Button, Card, Container, Stack, Text, Title } from '@mantine/core';
import { IconAlertCircle, IconCheck } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { Link, useLocation, useNavigate } from 'react-router';
import { ActivateAgentDocument } from '../generated/app';
import { useSubmitOnce } from '../session/use-submit-once';
import { Problem } from '../ui/problem';
import { useTitle } from '../ui/use-title';
import { words } from '../words';

/**
 * Where the link of an invitation leads. The token is in the fragment, which a browser sends to no server;
 * it leaves the address, and so the history, at once. Mail scanners open links, and a link works once, so
 * nothing happens before the click.
 */
export function ActivatePage() {
  useTitle(words.signIn.activate.title);
  const token = useTokenOfAddress();
  return (
    <Container size="xs" py="xl" component="main">
      <Card withBorder p="lg">
        <Stack>
          <Title order={1} size="h3">
            {words.signIn.activate.title}
          </Title>
          {token ? (
            // Another link in the same tab starts with fresh state.
            <Activation key={token} token={token} />
          ) : (
            <Alert color="orange" variant="outline" icon={<IconAlertCircle aria-hidden />}>
              {words.signIn.activate.noToken}
            </Alert>
          )}
        </Stack>
      </Card>
    </Container>
  );
}

function useTokenOfAddress(): string {
  const { hash, pathname } = useLocation();
  const navigate = useNavigate();
  const inAddress = hash.slice(1);
  const [token, setToken] = useState(inAddress);
  if (inAddress && inAddress !== token) setToken(inAddress);
  useEffect(() => {
    if (inAddress) void navigate(pathname, { replace: true });
  }, [inAddress, pathname, navigate]);
  return token;
}

function Activation({ token }: { token: string }) {
  const [email, setEmail] = useState<string | null>(null);
  const { send, isBusy, fault, refusals } = useSubmitOnce(ActivateAgentDocument, {
    of: ({ activateAgent }) => activateAgent,
    done: (payload) => setEmail(payload.email ?? ''),
    outdates: [],
    isAnonymous: true,
  });
  if (email !== null) {
    return (
      <>
        <Alert color="teal" variant="outline" role="status" icon={<IconCheck aria-hidden />}>
          {words.signIn.activate.done(email)}
        </Alert>
        <SignInLink />
      </>
    );
  }
  if (refusals.length > 0) {
    return (
      <>
        <Alert color="red" variant="outline" role="alert" icon={<IconAlertCircle aria-hidden />}>
          {words.signIn.activate.invalid}
        </Alert>
        <SignInLink />
      </>
    );
  }
  return (
    <>
      <Text>{words.signIn.activate.text}</Text>
      {fault && <Problem error={fault} />}
      <div>
        <Button loading={isBusy} onClick={() => send({ input: { activationToken: token } })}>
          {words.signIn.activate.submit}
        </Button>
      </div>
    </>
  );
}

function SignInLink() {
  return (
    <div>
      <Button component={Link} to="/sign-in" variant="default">
        {words.signIn.activate.signIn}
      </Button>
    </div>
  );
}
