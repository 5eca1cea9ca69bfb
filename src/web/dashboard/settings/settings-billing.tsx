import { Button, SimpleGrid, Stack, Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import {
  BillingInSettingsDocument,
  UpdateBillingDocument,
  type BillingInSettingsQuery,
  type UpdateBillingInput,
} from '../../generated/app';
import { countryName } from '../../format/country';
import { useApiQuery } from '../../session/use-api-query';
import { useSubmitOnce } from '../../session/use-submit-once';
import { Part } from '../../ui/part';
import { Problem } from '../../ui/problem';
import { atMost, filled, isEmail } from '../../ui/field-rules';
import { Form } from '../../ui/form';
import { Refused, useErrorAt } from '../../ui/refused';
import { RowsToCome } from '../../ui/rows-to-come';
import { sayDone } from '../../ui/say-done';
import { useFreshForm } from '../../ui/use-fresh-form';
import { words } from '../../words';

type Billing = NonNullable<BillingInSettingsQuery['account']['billing']>;

/** Where invoices go. Only accounts that the operator bills have invoices. */
export function BillingSettings() {
  const { data, error, refetch } = useApiQuery(BillingInSettingsDocument, {});
  const billing = data?.account.billing;
  if (data && billing?.mode !== 'BILLED') return null;
  return (
    <Part title={words.settings.billing.title} description={words.settings.billing.text}>
      {error && <Problem error={error} retry={() => void refetch()} />}
      {!data && !error && <RowsToCome rows={6} />}
      {billing && <BillingForm billing={billing} />}
    </Part>
  );
}

const texts = [
  'name',
  'postalCode',
  'city',
  'region',
  'country',
  'vatId',
  'registrationId',
  'electronicAddress',
] as const;

type Values = Record<(typeof texts)[number] | 'addressLines' | 'billingEmail', string>;

const ofBuyer = [...texts, 'addressLines'] as const;
const inputNames: Partial<Record<keyof Values, string>> = Object.fromEntries(
  ofBuyer.map((field) => [field, `buyer.${field}`]),
);

function BillingForm({ billing }: { billing: Billing }) {
  const present = valuesOf(billing);
  const form = useForm({
    initialValues: present,
    validate: (values) => wrongOf(values, isBuyerWanted(billing, values)),
  });
  useFreshForm(form, { of: 'billing', present });
  const update = useSubmitOnce(UpdateBillingDocument, {
    of: ({ updateBilling }) => updateBilling,
    done() {
      form.resetDirty();
      sayDone(words.settings.billing.saved);
    },
  });
  const errorAt = useErrorAt(form, update, inputNames);
  const at = (name: keyof Values) => ({
    label: words.settings.billing[name === 'billingEmail' ? 'email' : name],
    ...form.getInputProps(name),
    error: errorAt(name),
  });
  const entered = form.getValues();
  const country = countryName(entered.country);
  const required = isBuyerWanted(billing, entered);
  // What is left out stays as it is, so that a page that was opened earlier puts back no old value.
  const save = (values: Values) => {
    const input: UpdateBillingInput = {};
    if (ofBuyer.some((name) => form.isDirty(name))) input.buyer = buyerOf(values);
    if (form.isDirty('billingEmail')) input.billingEmail = values.billingEmail;
    update.send({ input });
  };
  return (
    <Form isBusy={update.isBusy} onSubmit={form.onSubmit(save)}>
      <Stack>
        <TextInput required={required} autoComplete="organization" {...at('name')} />
        <Textarea
          required={required}
          autosize
          minRows={2}
          maxRows={3}
          description={words.settings.billing.addressLinesText}
          autoComplete="street-address"
          {...at('addressLines')}
        />
        <SimpleGrid cols={{ base: 1, sm: 2 }} verticalSpacing={0} className="fields-in-line">
          <TextInput autoComplete="postal-code" {...at('postalCode')} />
          <TextInput required={required} autoComplete="address-level2" {...at('city')} />
          <TextInput autoComplete="address-level1" {...at('region')} />
          <TextInput
            required={required}
            autoComplete="country"
            description={country ?? words.settings.billing.countryText}
            {...at('country')}
          />
          <TextInput description={words.settings.billing.vatIdText} {...at('vatId')} />
          <TextInput {...at('registrationId')} />
          <TextInput
            description={words.settings.billing.electronicAddressText}
            {...at('electronicAddress')}
          />
          <TextInput type="email" autoComplete="email" {...at('billingEmail')} />
        </SimpleGrid>
        <Refused of={update} fields={[...Object.values(inputNames), 'billingEmail']} />
        <div>
          <Button type="submit" loading={update.isBusy} disabled={!form.isDirty()}>
            {words.settings.billing.save}
          </Button>
        </div>
      </Stack>
    </Form>
  );
}

/** The e-mail address can be saved without the buyer. */
function isBuyerWanted({ buyer }: Billing, values: Values): boolean {
  return buyer !== null || ofBuyer.some((name) => values[name] !== '');
}

/** As an invoice has them. */
const linesMax = 3;
const lineMax = 200;

function wrongLines(text: string): string | null {
  const lines = linesOf(text);
  if (lines.length === 0) return words.ui.fields.missing;
  const isRight = lines.length <= linesMax && lines.every((line) => line.length <= lineMax);
  return isRight ? null : words.settings.billing.addressLinesWrong(linesMax, lineMax);
}

function linesOf(text: string): string[] {
  return text.split('\n').filter((line) => line.trim() !== '');
}

function wrongOf(values: Values, isBuyer: boolean): Partial<Record<keyof Values, string | null>> {
  const { name, addressLines, postalCode, city, region, country, billingEmail } = values;
  const { vatId, registrationId, electronicAddress } = values;
  const email = billingEmail === '' ? null : isEmail(billingEmail);
  if (!isBuyer) return { billingEmail: email };
  return {
    name: filled(200)(name),
    addressLines: wrongLines(addressLines),
    postalCode: atMost(20)(postalCode),
    city: filled(100)(city),
    region: atMost(100)(region),
    vatId: atMost(40)(vatId),
    registrationId: atMost(50)(registrationId),
    electronicAddress: atMost(110)(electronicAddress),
    country: /^[a-z]{2}$/i.test(country.trim()) ? null : words.ui.fields.country,
    billingEmail: email,
  };
}

function valuesOf({ buyer, billingEmail }: Billing): Values {
  const values = Object.fromEntries(texts.map((name) => [name, buyer?.[name] ?? '']));
  return {
    ...(values as Record<(typeof texts)[number], string>),
    addressLines: buyer?.addressLines.join('\n') ?? '',
    billingEmail: billingEmail ?? '',
  };
}

function buyerOf({
  name,
  addressLines,
  postalCode,
  city,
  region,
  country,
  vatId,
  registrationId,
  electronicAddress,
}: Values): NonNullable<UpdateBillingInput['buyer']> {
  return {
    name,
    addressLines: linesOf(addressLines),
    postalCode,
    city,
    region,
    country: country.trim().toUpperCase(),
    vatId,
    registrationId,
    electronicAddress,
  };
}
