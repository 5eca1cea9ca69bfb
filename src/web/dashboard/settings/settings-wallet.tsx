import { Alert, Button, Group, SimpleGrid, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { readWhole, writeCount } from '../../format/count';
import {
  UpdateWalletDocument,
  WalletsInSettingsDocument,
  type UpdateDayPassWalletInput,
  type WalletsInSettingsQuery,
} from '../../generated/app';
import { useApiQuery } from '../../session/use-api-query';
import { useSubmitOnce } from '../../session/use-submit-once';
import { AskingButton } from '../../ui/asking-button';
import { Instant } from '../../ui/instant';
import { Part } from '../../ui/part';
import { Problem } from '../../ui/problem';
import { Refused, useErrorAt } from '../../ui/refused';
import { CountInput } from '../../ui/count-input';
import { filled } from '../../ui/field-rules';
import { Form } from '../../ui/form';
import { RowsToCome } from '../../ui/rows-to-come';
import { sayDone } from '../../ui/say-done';
import { changedValues, useFreshForm } from '../../ui/use-fresh-form';
import { Rich } from '../../ui/rich';
import { words } from '../../words';
import { AlertChips } from './alert-chips';
import { addAlert, type Alerts } from './alerts.rules';

const allowanceMax = 1_000;

type Wallet = NonNullable<WalletsInSettingsQuery['dayPassWallets']>[number];

/** Each wallet of the account, its own first. */
export function WalletSettings() {
  const { data, error, refetch } = useApiQuery(WalletsInSettingsDocument, {});
  if (error) return <Problem error={error} retry={() => void refetch()} />;
  if (!data?.dayPassWallets) return <RowsToCome rows={7} />;
  const ceiling = data.account.billing?.emergencyCeiling ?? allowanceMax;
  return data.dayPassWallets.map((wallet) => (
    <OneWallet key={wallet.id} wallet={wallet} ceiling={ceiling} />
  ));
}

function OneWallet({ wallet, ceiling }: { wallet: Wallet; ceiling: number }) {
  const { name, balance, frozenAt } = wallet;
  return (
    <Part
      title={words.settings.wallet.title(name)}
      description={words.settings.wallet.balance(balance)}
    >
      {frozenAt && (
        <Alert color="orange" variant="outline">
          <Rich
            text={words.settings.wallet.frozenSince}
            parts={{ time: () => <Instant at={frozenAt} /> }}
          />
        </Alert>
      )}
      <WalletForm wallet={wallet} ceiling={ceiling} />
      <Group>{frozenAt ? <Unfreeze wallet={wallet} /> : <Freeze wallet={wallet} />}</Group>
    </Part>
  );
}

/** The fields' values, as they are written; '' in a number field means no number. */
interface Values {
  name: string;
  alerts: Alerts;
  emergencyAllowance: number | string;
}

function WalletForm({ wallet, ceiling }: { wallet: Wallet; ceiling: number }) {
  const { id: walletId, name, emergencyAllowance, alertThresholds } = wallet;
  const present = { name, emergencyAllowance, alerts: { alerts: alertThresholds, typed: '' } };
  // An allowance that was set before the operator's ceiling may stay.
  const allowed = { min: 0, max: Math.max(ceiling, emergencyAllowance) };
  const form = useForm<Values>({
    initialValues: present,
    validate: {
      name: filled(200),
      alerts: (alerts) => addAlert(alerts).refusal,
      emergencyAllowance: (text) => isWholeOrEmpty(text, allowed),
    },
  });
  useFreshForm<Values>(form, { of: `wallet ${walletId}`, present });
  const update = useSubmitOnce(UpdateWalletDocument, {
    of: ({ updateDayPassWallet }) => updateDayPassWallet,
    done() {
      form.resetDirty();
      sayDone(words.settings.wallet.saved);
    },
  });
  const send = (values: Values) => {
    const changed = changedValues(form, values);
    const input: UpdateDayPassWalletInput = { walletId, name: changed.name };
    // A number that is typed and was not made a chip counts too.
    if (changed.alerts) input.alertThresholds = [...addAlert(changed.alerts).value.alerts];
    if (changed.emergencyAllowance !== undefined) {
      // An empty field means no allowance.
      input.emergencyAllowance = readWhole(changed.emergencyAllowance, allowed) ?? 0;
    }
    update.send({ input });
  };
  const at = useErrorAt(form, update, { alerts: 'alertThresholds' });
  return (
    <Form isBusy={update.isBusy} onSubmit={form.onSubmit(send)}>
      <Stack>
        <TextInput
          label={words.settings.wallet.name}
          required
          {...form.getInputProps('name')}
          error={at('name')}
        />
        <SimpleGrid cols={{ base: 1, sm: 2 }} verticalSpacing={0} className="fields-in-line">
          <AlertChips
            {...(form.getInputProps('alerts') as AlertsInput)}
            wallet={wallet}
            error={at('alerts')}
          />
          <CountInput
            label={words.settings.wallet.allowance}
            description={
              ceiling < allowanceMax
                ? words.settings.wallet.allowanceCeiling(
                    words.settings.wallet.allowanceText,
                    ceiling,
                  )
                : words.settings.wallet.allowanceText
            }
            {...(form.getInputProps('emergencyAllowance') as CountProps)}
            error={at('emergencyAllowance')}
          />
        </SimpleGrid>
        <Refused of={update} fields={['name', 'alertThresholds', 'emergencyAllowance']} />
        <div>
          <Button type="submit" loading={update.isBusy} disabled={!form.isDirty()}>
            {words.settings.wallet.save}
          </Button>
        </div>
      </Stack>
    </Form>
  );
}

type CountProps = Pick<Parameters<typeof CountInput>[0], 'value' | 'onChange'>;
type AlertsInput = Pick<Parameters<typeof AlertChips>[0], 'value' | 'onChange'>;

function isWholeOrEmpty(text: number | string, { min, max }: { min: number; max: number }) {
  if (text === '' || readWhole(text, { min, max }) !== null) return null;
  return words.ui.fields.wholeNumber(writeCount(min), writeCount(max));
}

function Freeze({ wallet: { id, name } }: { wallet: Wallet }) {
  return (
    <AskingButton
      label={words.settings.wallet.freeze}
      title={words.settings.wallet.freezeTitle(name)}
      isDangerous
      document={UpdateWalletDocument}
      variables={{ input: { walletId: id, frozen: true } }}
      of={({ updateDayPassWallet }) => updateDayPassWallet}
      done={() => sayDone(words.settings.wallet.frozen(name))}
    >
      <Text>{words.settings.wallet.freezeText}</Text>
    </AskingButton>
  );
}

function Unfreeze({ wallet: { id, name } }: { wallet: Wallet }) {
  return (
    <AskingButton
      label={words.settings.wallet.unfreeze}
      title={words.settings.wallet.unfreezeTitle(name)}
      document={UpdateWalletDocument}
      variables={{ input: { walletId: id, frozen: false } }}
      of={({ updateDayPassWallet }) => updateDayPassWallet}
      done={() => sayDone(words.settings.wallet.unfrozen(name))}
    >
      <Text>{words.settings.wallet.unfreezeText}</Text>
    </AskingButton>
  );
}
