import { Alert, NativeSelect, NumberInput, Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { Fault } from '../api/fault';
import { dateAfter } from '../format/calendar';
import { dateIn, startOfDate } from '../format/zone';
import { GrantDayPassesDocument, GrantWalletsDocument } from '../generated/app';
import { useAct, useApiQuery } from '../session/use-api-query';
import { useViewer } from '../session/viewer';
import { Confirm } from '../ui/confirm';
import { saysOf } from '../ui/says';
import { useOneAtATime } from '../ui/use-one-at-a-time';
import { useOnceKey } from '../ui/use-once-key';
import { quantityMax, readQuantity } from './buy/buy-price';
import { countOf } from './ledger/ledger-words';
import { writeCount } from '../format/count';

const reasonMax = 500;

interface Values {
  walletId: string;
  quantity: string | number;
  reason: string;
  /** The last date on which they can be used; '' for ever. */
  lastDate: string;
}

/** How many, why, and until when they can be used. */
export function GrantDialog({ onClose }: { onClose: () => void }) {
  const { account } = useViewer();
  const { data } = useApiQuery(GrantWalletsDocument, {});
  const once = useOnceKey();
  const { mutateAsync, isPending } = useAct(GrantDayPassesDocument);
  const [problem, setProblem] = useState<string | null>(null);
  /** Sent, and nobody knows what came of it: what is sent again has to be the same. */
  const [isUnanswered, setIsUnanswered] = useState(false);
  const form = useForm<Values>({
    initialValues: { walletId: '', quantity: 1, reason: '', lastDate: '' },
    validate: {
      quantity: (value) => (readQuantity(value) === null ? outOfRange : null),
      reason: (value) => (value.trim() === '' ? 'Say why: it is kept in the ledger.' : null),
    },
  });
  const wallets = data?.dayPassWallets ?? [];

  const refuse = (error: { code: string; message: string; field: string[] | null }) => {
    const [field] = error.field ?? [];
    if (error.code === 'QUANTITY_OUT_OF_RANGE') return form.setFieldError('quantity', outOfRange);
    if (field === 'expiresAt') return form.setFieldError('lastDate', 'Choose a date to come.');
    if (field === 'reason') return form.setFieldError('reason', saysOf(error));
    setProblem(saysOf(error));
  };
  const grant = useOneAtATime(async (values: Values) => {
    setProblem(null);
    const after = values.lastDate && dateAfter(values.lastDate);
    const input = {
      walletId: values.walletId || null,
      quantity: readQuantity(values.quantity)!,
      reason: values.reason.trim(),
      expiresAt: after ? startOfDate(after, account.timeZone) : null,
      idempotencyKey: once.key(),
    };
    try {
      const { wallet, userErrors } = (await mutateAsync({ input })).grantDayPasses!;
      once.renew();
      setIsUnanswered(false);
      if (!wallet) return refuse(userErrors[0]!);
      notifications.show({
        color: 'teal',
        title: 'Granted',
        message: `${countOf(input.quantity, 'day pass', 'day passes')} came in. The balance is ${writeCount(wallet.balance)}.`,
        closeButtonProps: { 'aria-label': 'Close' },
      });
      onClose();
    } catch (error) {
      setIsUnanswered(error instanceof Fault && error.isPassing);
      setProblem(saysOf(error as Error));
    }
  });
  return (
    <Confirm
      isOpen
      title="Grant day passes"
      label={isUnanswered ? 'Try again' : 'Grant'}
      isBusy={isPending}
      onConfirm={() => {
        const [wrong] = Object.keys(form.validate().errors);
        if (wrong === undefined) grant(form.values);
        else form.getInputNode(wrong)?.focus();
      }}
      onClose={onClose}
    >
      <fieldset disabled={isPending || isUnanswered} className="bare stacked">
        {wallets.length > 1 && (
          <NativeSelect
            label="Wallet"
            data={wallets.map(({ id, name }) => ({ value: id, label: name }))}
            {...form.getInputProps('walletId')}
          />
        )}
        <NumberInput
          label="How many day passes"
          allowDecimal={false}
          allowNegative={false}
          clampBehavior="none"
          thousandSeparator=","
          inputMode="numeric"
          required
          data-autofocus
          {...form.getInputProps('quantity')}
        />
        <Textarea
          label="Reason"
          description="It is kept in the ledger."
          maxLength={reasonMax}
          autosize
          minRows={2}
          required
          {...form.getInputProps('reason')}
        />
        <TextInput
          type="date"
          label="Last day of use"
          description="Left empty they do not expire."
          min={data && dateIn(Date.parse(data.account.now), account.timeZone)}
          {...form.getInputProps('lastDate')}
        />
      </fieldset>
      {problem && (
        <Alert color={isUnanswered ? 'orange' : 'red'} variant="outline" role="alert">
          {problem} {isUnanswered && 'Trying again grants them once.'}
        </Alert>
      )}
    </Confirm>
  );
}

const outOfRange = `Enter a whole number from 1 to ${writeCount(quantityMax)}.`;
