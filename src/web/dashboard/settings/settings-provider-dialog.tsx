import { MultiSelect, Stack, Switch, TagsInput, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import {
  SetIdentityProviderDocument,
  type IdentityProvidersQuery,
  type SetIdentityProviderInput,
  type SignatureAlgorithm,
} from '../../generated/app';
import { Dialog } from '../../ui/dialog';
import { useSubmitOnce } from '../../session/use-submit-once';
import { SubmitActs } from '../../ui/dialog-acts';
import { atMost, filled, webAddress } from '../../ui/field-rules';
import { Form } from '../../ui/form';
import { Refused, useErrorAt } from '../../ui/refused';
import { sayDone } from '../../ui/say-done';
import { words } from '../../words';

export type Provider = NonNullable<IdentityProvidersQuery['identityProviders']>[number];

const algorithms: SignatureAlgorithm[] = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'Ed25519',
  'EdDSA',
];

type Values = Omit<Provider, 'id' | 'keysFetchedAt' | 'clientId'> & { clientId: string };

const fields = ['issuer', 'name', 'clientId', 'audiences', 'scopes', 'algorithms', 'emailClaim'];

/** Adds a provider, or changes one, except its issuer. */
export function ProviderDialog({
  edited,
  onClose,
}: {
  edited: Provider | 'NEW' | null;
  onClose: () => void;
}) {
  return (
    <Dialog
      opened={edited !== null}
      onClose={onClose}
      size="lg"
      title={
        edited === 'NEW'
          ? words.settings.providers.add
          : words.settings.providers.editOf(edited?.name ?? '')
      }
      closeOnClickOutside={false}
    >
      {edited && <ProviderForm provider={edited === 'NEW' ? null : edited} onClose={onClose} />}
    </Dialog>
  );
}

function ProviderForm({ provider, onClose }: { provider: Provider | null; onClose: () => void }) {
  const form = useForm<Values>({
    initialValues: provider ? valuesOf(provider) : usual,
    validate: {
      issuer: webAddress(500),
      name: atMost(100),
      clientId: atMost(200),
      emailClaim: filled(100),
    },
  });
  const setting = useSubmitOnce(SetIdentityProviderDocument, {
    of: ({ setIdentityProvider }) => setIdentityProvider,
    done({ identityProvider }) {
      const saved = identityProvider!.name;
      sayDone(
        provider ? words.settings.providers.saved(saved) : words.settings.providers.added(saved),
      );
      onClose();
    },
  });
  const at = useErrorAt(form, setting);
  return (
    <Form
      isBusy={setting.isBusy}
      onSubmit={form.onSubmit((values) => setting.send({ input: inputOf(values) }))}
    >
      <Stack>
        <TextInput
          label={words.settings.provider.issuer}
          type="url"
          description={words.settings.provider.issuerText}
          placeholder={words.settings.provider.issuerPlaceholder}
          required
          readOnly={provider !== null}
          {...form.getInputProps('issuer')}
          error={at('issuer')}
        />
        <TextInput
          label={words.settings.provider.name}
          description={words.settings.provider.nameText}
          {...form.getInputProps('name')}
          error={at('name')}
        />
        <TextInput
          label={words.settings.provider.clientId}
          description={words.settings.provider.clientIdText}
          {...form.getInputProps('clientId')}
          error={at('clientId')}
        />
        <TagsInput
          label={words.settings.provider.audiences}
          description={words.settings.provider.audiencesText}
          {...form.getInputProps('audiences')}
          error={at('audiences')}
        />
        <TagsInput
          label={words.settings.provider.scopes}
          description={words.settings.provider.scopesText}
          {...form.getInputProps('scopes')}
          error={at('scopes')}
        />
        <MultiSelect
          label={words.settings.provider.algorithms}
          description={words.settings.provider.algorithmsText}
          data={algorithms}
          {...form.getInputProps('algorithms')}
          error={at('algorithms')}
        />
        <TextInput
          label={words.settings.provider.emailClaim}
          description={words.settings.provider.emailClaimText}
          required
          {...form.getInputProps('emailClaim')}
          error={at('emailClaim')}
        />
        <Switch
          label={words.settings.provider.trustsEmail}
          description={words.settings.provider.trustsEmailText}
          {...form.getInputProps('trustsEmail', { type: 'checkbox' })}
        />
        <Switch
          label={words.settings.provider.admitsContacts}
          description={words.settings.provider.admitsContactsText}
          {...form.getInputProps('admitsContacts', { type: 'checkbox' })}
        />
        <Switch
          label={words.settings.provider.enabled}
          description={words.settings.provider.enabledText}
          {...form.getInputProps('enabled', { type: 'checkbox' })}
        />
        <Refused of={setting} fields={fields} />
        <SubmitActs
          label={provider ? words.settings.provider.save : words.settings.provider.add}
          isBusy={setting.isBusy}
          onCancel={onClose}
        />
      </Stack>
    </Form>
  );
}

/** The values that fit most providers. */
const usual: Values = {
  issuer: '',
  name: '',
  clientId: '',
  audiences: [],
  scopes: ['openid', 'profile', 'email'],
  algorithms: ['RS256'],
  emailClaim: 'email',
  trustsEmail: false,
  admitsContacts: false,
  enabled: true,
};

function valuesOf({ id: _id, keysFetchedAt: _at, clientId, ...settings }: Provider): Values {
  return { ...settings, clientId: clientId ?? '' };
}

/** Empty fields are left out: the service has a default for them. */
function inputOf({ name, clientId, audiences, scopes, ...rest }: Values): SetIdentityProviderInput {
  return {
    ...rest,
    name: name.trim() || null,
    clientId: clientId.trim() || null,
    audiences: audiences.length > 0 ? audiences : null,
    scopes: scopes.length > 0 ? scopes : null,
  };
}
