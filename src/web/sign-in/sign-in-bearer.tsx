import { Anchor, Button, PasswordInput, Stack } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMutation } from '@tanstack/react-query';
import { useRef, useState, type FormEvent } from 'react';
import { Fault } from '../api/fault';
import { request } from '../api/request';
import { WhoSignsInDocument } from '../generated/app';
import { sessions } from '../session/session';
import { Rich } from '../ui/rich';
import { messageOf } from '../ui/message-of';
import { words } from '../words';
import { readBearer } from './typed.rules';

/** A token, as an operator creates it: folded away, because few people have one. */
export function SignInBearer() {
  const [isOpen, { toggle }] = useDisclosure();
  return (
    <>
      <Anchor component="button" type="button" size="sm" aria-expanded={isOpen} onClick={toggle}>
        {words.signIn.bearer.title}
      </Anchor>
      {isOpen && <BearerForm />}
    </>
  );
}

function BearerForm() {
  const [bearer, setBearer] = useState('');
  // What is wrong with what was pasted, before the service is asked.
  const [wrong, setWrong] = useState<string | null>(null);
  const field = useRef<HTMLInputElement>(null);
  // The service looks at the token before the session begins: a wrong one is no session that has ended.
  const check = useMutation({
    mutationFn: async (token: string) => {
      await request(WhoSignsInDocument, {}, { bearer: token });
      return token;
    },
    onSuccess: (token) => sessions.begin(token),
    onError: () => field.current?.focus(),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const token = readBearer(bearer);
    check.reset();
    if (token !== null) return check.mutate(token);
    setWrong(bearer.trim() === '' ? words.signIn.bearer.missing : words.signIn.bearer.wrong);
    field.current?.focus();
  };
  return (
    <form noValidate onSubmit={submit}>
      <Stack gap="sm">
        <PasswordInput
          ref={field}
          label={words.signIn.bearer.label}
          description={
            <Rich text={words.signIn.bearer.text} parts={{ code: (text) => <code>{text}</code> }} />
          }
          autoComplete="off"
          value={bearer}
          error={wrong ?? (check.error && wrongOf(check.error))}
          errorProps={{ role: 'alert' }}
          aria-invalid={wrong !== null || check.isError}
          onChange={(event) => {
            setBearer(event.currentTarget.value);
            setWrong(null);
            check.reset();
          }}
        />
        <Button type="submit" variant="default" loading={check.isPending} fullWidth>
          {words.signIn.bearer.submit}
        </Button>
      </Stack>
    </form>
  );
}

function wrongOf(error: Error): string {
  const isRefused = error instanceof Fault && error.code === 'UNAUTHENTICATED';
  return isRefused ? words.signIn.bearer.wrong : messageOf(error);
}
