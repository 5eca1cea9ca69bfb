import {
  Button,
  Group,
  Modal,
  MultiSelect,
  Stack,
  Switch,
  TagsInput,
  TextInput,
} from '@mantine/core';
import { useForm } from '@mantine/form';
import {
  SetIdentityProviderDocument,
  type SetIdentityProviderInput,
  type SignatureAlgorithm,
} from '../../generated/app';
import { useSubmission } from '../../session/use-submission';
import { errorAt, Refused } from '../../ui/refused';
import { sayDone } from '../../ui/say-done';
import type { Provider } from './settings-providers';

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

/** Adds a provider, or changes one: of that the issuer stays. */
export function ProviderDialog({
  edited,
  onClose,
}: {
  edited: Provider | 'NEW' | null;
  onClose: () => void;
}) {
  return (
    <Modal
      opened={edited !== null}
      onClose={onClose}
      size="lg"
      title={edited === 'NEW' ? 'Add a provider' : `Change ${edited?.name ?? ''}`}
      closeButtonProps={{ 'aria-label': 'Close' }}
      closeOnClickOutside={false}
    >
      {edited && <ProviderForm provider={edited === 'NEW' ? null : edited} onClose={onClose} />}
    </Modal>
  );
}

function ProviderForm({ provider, onClose }: { provider: Provider | null; onClose: () => void }) {
  const form = useForm<Values>({ initialValues: provider ? valuesOf(provider) : usual });
  const setting = useSubmission(SetIdentityProviderDocument, {
    of: ({ setIdentityProvider }) => setIdentityProvider,
    done({ identityProvider }) {
      sayDone(`${identityProvider?.name} is ${provider ? 'changed' : 'added'}.`);
      onClose();
    },
  });
  const at = (field: string) => errorAt(setting, field);
  return (
    <form onSubmit={form.onSubmit((values) => setting.send({ input: inputOf(values) }))}>
      <fieldset disabled={setting.isBusy} className="plain">
        <Stack>
          <TextInput
            label="Issuer"
            type="url"
            description="The provider’s URL, exactly as its tokens have it."
            placeholder="https://login.example.com"
            required
            maxLength={500}
            readOnly={provider !== null}
            {...form.getInputProps('issuer')}
            error={at('issuer')}
          />
          <TextInput
            label="Name"
            description="What people choose at the sign-in. Left empty: the issuer’s host."
            maxLength={100}
            {...form.getInputProps('name')}
            error={at('name')}
          />
          <TextInput
            label="Client ID"
            description="Of a public client (PKCE) that these pages sign in with. Left empty: they do not offer this provider."
            maxLength={200}
            {...form.getInputProps('clientId')}
            error={at('clientId')}
          />
          <TagsInput
            label="Audiences"
            description="What a token’s audience may be. Left empty: the client ID."
            {...form.getInputProps('audiences')}
            error={at('audiences')}
          />
          <TagsInput
            label="Scopes"
            description="What the pages ask for."
            {...form.getInputProps('scopes')}
            error={at('scopes')}
          />
          <MultiSelect
            label="Algorithms"
            description="What its tokens may be signed with."
            data={algorithms}
            {...form.getInputProps('algorithms')}
            error={at('algorithms')}
          />
          <TextInput
            label="E-mail claim"
            description="The claim that holds a person’s address."
            required
            maxLength={100}
            {...form.getInputProps('emailClaim')}
            error={at('emailClaim')}
          />
          <Switch
            label="Trust addresses that are not verified"
            description="Only where nobody can choose an address freely at the provider."
            {...form.getInputProps('trustsEmail', { type: 'checkbox' })}
          />
          <Switch
            label="Let in contacts"
            description="People who are no agents come in to the contact portal."
            {...form.getInputProps('admitsContacts', { type: 'checkbox' })}
          />
          <Switch
            label="Accept its tokens"
            description="Switched off, nobody comes in by this provider; its settings stay."
            {...form.getInputProps('enabled', { type: 'checkbox' })}
          />
          <Refused of={setting} fields={fields} />
          <Group justify="end">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={setting.isBusy}>
              {provider ? 'Save the provider' : 'Add the provider'}
            </Button>
          </Group>
        </Stack>
      </fieldset>
    </form>
  );
}

/** As most providers are. */
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

/** What is left empty is left out: the service has a default for it. */
function inputOf({ name, clientId, audiences, scopes, ...rest }: Values): SetIdentityProviderInput {
  return {
    ...rest,
    name: name.trim() || null,
    clientId: clientId.trim() || null,
    audiences: audiences.length > 0 ? audiences : null,
    scopes: scopes.length > 0 ? scopes : null,
  };
}
