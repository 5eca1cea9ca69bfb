import { writeCount } from '../../format/count';
import {
  Alert,
  Button,
  Group,
  NumberInput,
  SimpleGrid,
  Skeleton,
  Stack,
  Text,
  TextInput,
} from '@mantine/core';
import { useForm } from '@mantine/form';
import {
  UpdateWalletDocument,
  WalletsInSettingsDocument,
  type WalletsInSettingsQuery,
} from '../../generated/app';
import { useApiQuery } from '../../session/use-api-query';
import { useSubmission } from '../../session/use-submission';
import { AskingButton } from '../../ui/asking-button';
import { Instant } from '../../ui/instant';
import { Part } from '../../ui/part';
import { Problem } from '../../ui/problem';
import { errorAt, Refused } from '../../ui/refused';
import { sayDone } from '../../ui/say-done';
import { useFreshForm } from '../../ui/use-fresh-form';

const allowanceMax = 1_000;
const allowanceText =
  'So many day passes may be used below zero when the wallet is empty, so that nobody stands outside. They are owed, and the next ones to come in pay for them. 0: none.';

type Wallet = NonNullable<WalletsInSettingsQuery['dayPassWallets']>[number];

/** Each wallet of the account, its own first. */
export function WalletSettings() {
  const { data, error, refetch } = useApiQuery(WalletsInSettingsDocument, {});
  if (error) return <Problem error={error} retry={() => void refetch()} />;
  if (!data?.dayPassWallets) return <Skeleton h={280} />;
  const ceiling = data.account.billing?.emergencyCeiling ?? allowanceMax;
  return data.dayPassWallets.map((wallet) => (
    <OneWallet key={wallet.id} wallet={wallet} ceiling={ceiling} />
  ));
}

function OneWallet({ wallet, ceiling }: { wallet: Wallet; ceiling: number }) {
  const { name, balance, frozenAt } = wallet;
  return (
    <Part title={`Wallet: ${name}`} says={`Holds ${writeCount(balance)} day passes.`}>
      {frozenAt && (
        <Alert color="orange" variant="outline">
          Frozen since <Instant at={frozenAt} />: nobody can use a day pass from it.
        </Alert>
      )}
      <WalletForm wallet={wallet} ceiling={ceiling} />
      <Group>{frozenAt ? <Unfreeze wallet={wallet} /> : <Freeze wallet={wallet} />}</Group>
    </Part>
  );
}

/** What the fields of numbers hold: '' is none. */
interface Values {
  name: string;
  lowBalanceThreshold: number | '';
  emergencyAllowance: number | '';
}

function WalletForm({ wallet, ceiling }: { wallet: Wallet; ceiling: number }) {
  const { id: walletId, name, emergencyAllowance, lowBalanceThreshold } = wallet;
  const present = { name, emergencyAllowance, lowBalanceThreshold: lowBalanceThreshold ?? '' };
  const form = useForm<Values>({ initialValues: present as Values });
  useFreshForm(form, present as Values);
  const update = useSubmission(UpdateWalletDocument, {
    of: ({ updateDayPassWallet }) => updateDayPassWallet,
    done() {
      form.resetDirty();
      sayDone('The wallet is changed.');
    },
  });
  const send = (values: Values) =>
    update.send({
      input: {
        walletId,
        name: values.name,
        lowBalanceThreshold: values.lowBalanceThreshold === '' ? null : values.lowBalanceThreshold,
        emergencyAllowance: values.emergencyAllowance || 0,
      },
    });
  const at = (field: string) => errorAt(update, field);
  return (
    <form onSubmit={form.onSubmit(send)}>
      <fieldset disabled={update.isBusy} className="plain">
        <Stack>
          <TextInput
            label="Wallet name"
            required
            maxLength={200}
            {...form.getInputProps('name')}
            error={at('name')}
          />
          <SimpleGrid cols={{ base: 1, sm: 2 }}>
            <NumberInput
              label="Low balance"
              description="When the balance falls to this number, the ledger notes it, once until it has risen above. Empty: it does not."
              min={0}
              max={1_000_000_000}
              allowDecimal={false}
              {...form.getInputProps('lowBalanceThreshold')}
              error={at('lowBalanceThreshold')}
            />
            <NumberInput
              label="Emergency allowance"
              description={`${allowanceText}${ceiling < allowanceMax ? ` The operator of this service permits at most ${ceiling}.` : ''}`}
              min={0}
              // One that was set before the operator set a ceiling may stay.
              max={Math.max(ceiling, emergencyAllowance)}
              allowDecimal={false}
              {...form.getInputProps('emergencyAllowance')}
              error={at('emergencyAllowance')}
            />
          </SimpleGrid>
          <Refused of={update} fields={['name', 'lowBalanceThreshold', 'emergencyAllowance']} />
          <div>
            <Button type="submit" loading={update.isBusy} disabled={!form.isDirty()}>
              Save the wallet
            </Button>
          </div>
        </Stack>
      </fieldset>
    </form>
  );
}

function Freeze({ wallet: { id, name } }: { wallet: Wallet }) {
  return (
    <AskingButton
      label="Freeze"
      title={`Freeze ${name}?`}
      isDangerous
      document={UpdateWalletDocument}
      variables={{ input: { walletId: id, frozen: true } }}
      of={({ updateDayPassWallet }) => updateDayPassWallet}
      done={() => sayDone(`${name} is frozen.`)}
    >
      <Text>
        Until it is unfrozen, no occasional agent can use a day pass from it: the agent portal stays
        shut to whoever is not in yet. Passes that run go on to their end, and passes can still be
        bought.
      </Text>
    </AskingButton>
  );
}

function Unfreeze({ wallet: { id, name } }: { wallet: Wallet }) {
  return (
    <AskingButton
      label="Unfreeze"
      title={`Unfreeze ${name}?`}
      document={UpdateWalletDocument}
      variables={{ input: { walletId: id, frozen: false } }}
      of={({ updateDayPassWallet }) => updateDayPassWallet}
      done={() => sayDone(`${name} is unfrozen.`)}
    >
      <Text>Occasional agents can use day passes from it again, from this moment on.</Text>
    </AskingButton>
  );
}
