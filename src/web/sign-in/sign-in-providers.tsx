import { Button, Stack, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useRef, useState, type FormEvent } from 'react';
import { messageOf } from '../ui/message-of';
import { words } from '../words';
import { leaveForProvider } from './provider-sign-in';
import { readProviders, type Provider } from './sign-in-offers';
import { readDeskName } from './typed.rules';

/** The sign-in of the person's own organisation. What is wrong is said at the field. */
export function SignInProviders({ account, goTo }: { account: string; goTo: string }) {
  const [slug, setSlug] = useState(account);
  // What is wrong with the name itself.
  const [wrongName, setWrongName] = useState<string | null>(null);
  const field = useRef<HTMLInputElement>(null);
  const find = useMutation({
    mutationFn: async (name: string) => {
      const providers = await readProviders(name);
      // With only one provider there is nothing to choose.
      if (providers.length === 1) await leaveForProvider(providers[0]!, { account: name, goTo });
      return providers;
    },
  });
  const leave = useMutation({
    mutationFn: (provider: Provider) =>
      leaveForProvider(provider, { account: find.variables!, goTo }),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    leave.reset();
    const name = readDeskName(slug);
    if (name !== null) return find.mutate(name);
    const { missing, notAName } = words.signIn.providers;
    setWrongName(slug.trim() === '' ? missing : notAName);
    find.reset();
    field.current?.focus();
  };
  const error = find.error ?? leave.error;
  const wrong =
    wrongName ??
    (error ? messageOf(error) : find.data?.length === 0 && words.signIn.providers.none);
  return (
    <form noValidate onSubmit={submit} aria-label={words.signIn.providers.title}>
      <Stack gap="sm">
        <TextInput
          ref={field}
          label={words.signIn.providers.label}
          description={words.signIn.providers.text}
          placeholder={words.signIn.providers.placeholder}
          autoComplete="organization"
          autoCapitalize="none"
          value={slug}
          error={wrong}
          errorProps={{ role: 'alert' }}
          onChange={(event) => {
            setSlug(event.currentTarget.value);
            setWrongName(null);
            find.reset();
          }}
        />
        {(find.data?.length ?? 0) < 2 && (
          <Button type="submit" loading={find.isPending} fullWidth>
            {words.signIn.providers.continue}
          </Button>
        )}
        {find.data &&
          find.data.length > 1 &&
          find.data.map((provider) => (
            <Button
              key={provider.issuer}
              fullWidth
              variant="default"
              onClick={() => leave.mutate(provider)}
              disabled={!provider.authorizationEndpoint}
            >
              {provider.name}
            </Button>
          ))}
      </Stack>
    </form>
  );
}
