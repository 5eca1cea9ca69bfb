import { Button, Skeleton, Stack, Switch, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import {
  AccountInSettingsDocument,
  UpdateAccountDocument,
  type AccountInSettingsQuery,
} from '../../generated/app';
import { useApiQuery } from '../../session/use-api-query';
import { useSubmission } from '../../session/use-submission';
import { Part } from '../../ui/part';
import { Problem } from '../../ui/problem';
import { errorAt, Refused } from '../../ui/refused';
import { sayDone } from '../../ui/say-done';
import { useFreshForm } from '../../ui/use-fresh-form';
import { ZoneSelect } from '../../ui/zone-select';

/** The account's own name, zone and mails. */
export function AccountSettings() {
  const { data, error, refetch } = useApiQuery(AccountInSettingsDocument, {});
  return (
    <Part title="Account">
      {error && <Problem error={error} retry={() => void refetch()} />}
      {!data && !error && <Skeleton h={260} />}
      {data && <AccountForm account={data.account} />}
    </Part>
  );
}

function AccountForm({ account }: { account: AccountInSettingsQuery['account'] }) {
  const { name, timeZone, emailNotificationsEnabled, allowSessionConsume } = account;
  const { slug, plan, currency } = account;
  const present = { name, timeZone, emailNotificationsEnabled, allowSessionConsume };
  const form = useForm({ initialValues: present });
  useFreshForm(form, present);
  const update = useSubmission(UpdateAccountDocument, {
    of: ({ updateAccount }) => updateAccount,
    done() {
      form.resetDirty();
      sayDone('The account is changed.');
    },
  });
  const zone = form.getInputProps('timeZone');
  return (
    <form onSubmit={form.onSubmit((input) => update.send({ input }))}>
      <fieldset disabled={update.isBusy} className="plain">
        <Stack>
          <TextInput
            label="Account name"
            required
            maxLength={200}
            {...form.getInputProps('name')}
            error={errorAt(update, 'name')}
          />
          <ZoneSelect
            label="Account time zone"
            description="In which the account itself works. It moves no day pass: those go by their agents’ zones."
            value={zone.value}
            onChange={zone.onChange}
            error={errorAt(update, 'timeZone')}
          />
          <Switch
            label="E-mail notifications"
            description="Agents are sent e-mails: whoever is invited gets a link to activate the account. Without, nobody is sent one."
            {...form.getInputProps('emailNotificationsEnabled', { type: 'checkbox' })}
          />
          <Switch
            label="Day passes on partners’ pages"
            description="Agents can use day passes in portal sessions. The partner’s page shows the notice, so the consent is the partner’s word. Without, agents sign in to use one."
            {...form.getInputProps('allowSessionConsume', { type: 'checkbox' })}
          />
          <Text size="sm" c="dimmed">
            Short name {slug}, plan {plan}, prices in {currency}.
          </Text>
          <Refused of={update} fields={['name', 'timeZone']} />
          <div>
            <Button type="submit" loading={update.isBusy} disabled={!form.isDirty()}>
              Save the account
            </Button>
          </div>
        </Stack>
      </fieldset>
    </form>
  );
}
