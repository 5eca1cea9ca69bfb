import { Alert, Button, Text } from '@mantine/core';
import { IconAlertCircle, IconCheck } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { Link, useLocation, useNavigate } from 'react-router';
import { ActivateAgentDocument } from '../generated/app';
import { useSubmitOnce } from '../session/use-submit-once';
import { Problem } from '../ui/problem';
import { RowsToCome } from '../ui/rows-to-come';
import { useTitle } from '../ui/use-title';
import { words } from '../words';
import { EntryCard } from './entry-card';
import { rememberDesk } from './known-desk';
import { readInvitation, type Invitation } from './read-invitation';

/**
 * Where the link of an invitation leads. The token is in the fragment, which a browser sends to no server;
 * it leaves the address, and so the history, at once. Mail scanners open links, and a link works once, so
 * nothing happens before the click.
 */
export function ActivatePage() {
  useTitle(words.signIn.activate.title);
  const token = useTokenOfAddress();
  const { data, error, refetch, isPending } = useQuery({
    queryKey: ['invitation', token],
    queryFn: ({ signal }) => readInvitation(token, signal),
    enabled: token !== '',
  });
  const [activated, setActivated] = useState<string | null>(null);
  const isActive = data?.isUsed === true || (token !== '' && activated === token);
  return (
    <EntryCard
      desk={data?.desk}
      title={isActive ? words.signIn.activate.activeTitle : words.signIn.activate.title}
    >
      {token === '' ? (
        <Alert color="orange" variant="outline" icon={<IconAlertCircle aria-hidden />}>
          {words.signIn.activate.noToken}
        </Alert>
      ) : error ? (
        <Problem error={error} retry={() => void refetch()} />
      ) : isPending ? (
        <RowsToCome rows={2} />
      ) : data ? (
        // Another link in the same tab starts with fresh state.
        <Activation
          key={token}
          token={token}
          invitation={data}
          isActive={isActive}
          onActive={() => setActivated(token)}
        />
      ) : (
        <NotValid />
      )}
    </EntryCard>
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

function Activation({
  token,
  invitation,
  isActive,
  onActive,
}: {
  token: string;
  invitation: Invitation;
  isActive: boolean;
  onActive: () => void;
}) {
  const { name, email, desk, account } = invitation;
  const { send, isBusy, fault, refusals } = useSubmitOnce(ActivateAgentDocument, {
    of: ({ activateAgent }) => activateAgent,
    done: onActive,
    outdates: [],
    isAnonymous: true,
  });
  if (isActive) {
    return (
      <>
        <Alert color="teal" variant="outline" role="status" icon={<IconCheck aria-hidden />}>
          {words.signIn.activate.done(email)}
        </Alert>
        <Button
          component={Link}
          to={`/sign-in?account=${encodeURIComponent(account)}`}
          onClick={() => rememberDesk({ slug: account, name: desk })}
          fullWidth
        >
          {words.signIn.activate.signIn}
        </Button>
      </>
    );
  }
  if (refusals.length > 0) return <NotValid />;
  return (
    <>
      <Text>{words.signIn.activate.invited(name, desk)}</Text>
      <Text>{words.signIn.activate.signsInAs(email)}</Text>
      {fault && <Problem error={fault} />}
      <Button
        loading={isBusy}
        fullWidth
        onClick={() => send({ input: { activationToken: token } })}
      >
        {words.signIn.activate.submit}
      </Button>
    </>
  );
}

function NotValid() {
  return (
    <>
      <Alert color="red" variant="outline" role="alert" icon={<IconAlertCircle aria-hidden />}>
        {words.signIn.activate.invalid}
      </Alert>
      <Button component={Link} to="/sign-in" variant="default" fullWidth>
        {words.signIn.activate.signIn}
      </Button>
    </>
  );
}
