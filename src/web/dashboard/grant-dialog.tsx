import { Alert, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import type { Fault } from '../api/fault';
import { dateAfter } from '../format/calendar';
import { dateIn, startOfDate } from '../format/zone';
import { GrantDayPassesDocument, GrantWalletsDocument } from '../generated/app';
import { useApiQuery } from '../session/use-api-query';
import { useSubmitOnce, type Refusal } from '../session/use-submit-once';
import { useViewer } from '../session/viewer';
import { words } from '../words';
import { Confirm } from '../ui/confirm';
import { CountInput } from '../ui/count-input';
import { atMost } from '../ui/field-rules';
import { isHalfDate } from '../ui/half-date';
import { messageOf } from '../ui/message-of';
import { quantityMax, readQuantity } from './buy/buy-price';
import { writeCount } from '../format/count';

const reasonMax = 500;

type CountProps = Pick<Parameters<typeof CountInput>[0], 'value' | 'onChange'>;

interface Values {
  walletId: string;
  quantity: string | number;
  reason: string;
  /** The last date on which the passes can be used; '' if they do not expire. */
  lastDate: string;
}

/** The quantity, the reason, and the last day of use. */
export function GrantDialog({ onClose }: { onClose: () => void }) {
  const { account } = useViewer();
  const { data } = useApiQuery(GrantWalletsDocument, {});
  const [problem, setProblem] = useState<string | null>(null);
  const form = useForm<Values>({
    initialValues: { walletId: '', quantity: 1, reason: '', lastDate: '' },
    validate: {
      quantity: (value) => (readQuantity(value) === null ? outOfRange : null),
      reason: (value) =>
        value.trim() ? atMost(reasonMax)(value) : words.dashboard.grant.reasonMissing,
    },
  });
  const wallets = data?.dayPassWallets ?? [];
  const today = data && dateIn(Date.parse(data.account.now), account.timeZone);

  const wrongDate = (): { lastDate?: string } => {
    const { lastDate } = form.getValues();
    if (isHalfDate(form, 'lastDate')) return { lastDate: words.ui.fields.date };
    const isPast = lastDate !== '' && today !== undefined && lastDate < today;
    return isPast ? { lastDate: words.dashboard.grant.dateInPast } : {};
  };
  const refuse = (refusal: Refusal | Fault) => {
    const [field] = ('field' in refusal && refusal.field) || [];
    if (refusal.code === 'QUANTITY_OUT_OF_RANGE') return form.setFieldError('quantity', outOfRange);
    if (field === 'expiresAt') {
      return form.setFieldError('lastDate', words.dashboard.grant.dateInPast);
    }
    if (field === 'reason') return form.setFieldError('reason', messageOf(refusal));
    setProblem(messageOf(refusal));
  };
  const { send, isBusy, unanswered, fault } = useSubmitOnce(GrantDayPassesDocument, {
    variables(values: Values, idempotencyKey) {
      const after = values.lastDate && dateAfter(values.lastDate);
      const input = {
        walletId: values.walletId || null,
        quantity: readQuantity(values.quantity)!,
        reason: values.reason.trim(),
        expiresAt: after ? startOfDate(after, account.timeZone) : null,
        idempotencyKey,
      };
      return { input };
    },
    of: ({ grantDayPasses }) => grantDayPasses,
    done({ wallet }, { quantity }) {
      notifications.show({
        color: 'teal',
        title: words.dashboard.grant.doneTitle,
        message: words.dashboard.grant.done(
          words.dashboard.passes(readQuantity(quantity)!),
          writeCount(wallet!.balance),
        ),
        closeButtonProps: { 'aria-label': words.ui.close },
      });
      onClose();
    },
    refused: refuse,
    outdates: [],
  });
  // The fields are disabled until the answer is known: what is sent again must be the same.
  const isUnanswered = unanswered !== null;
  const shown =
    isUnanswered && fault ? words.dashboard.grant.unanswered(messageOf(fault)) : problem;
  return (
    <Confirm
      isOpen
      title={words.dashboard.grant.title}
      label={isUnanswered ? words.ui.tryAgain : words.dashboard.grant.submit}
      isBusy={isBusy}
      onConfirm={() => {
        setProblem(null);
        const errors = { ...form.validate().errors, ...wrongDate() };
        form.setErrors(errors);
        if (Object.keys(errors).length === 0) send(form.values);
      }}
      onClose={onClose}
    >
      <fieldset disabled={isBusy || isUnanswered} className="bare stack" data-gap="sm">
        {wallets.length > 1 && (
          <NativeSelect
            label={words.dashboard.grant.wallet}
            data={wallets.map(({ id, name }) => ({ value: id, label: name }))}
            {...form.getInputProps('walletId')}
          />
        )}
        <CountInput
          label={words.dashboard.grant.quantity}
          required
          data-autofocus
          {...(form.getInputProps('quantity') as CountProps)}
        />
        <Textarea
          label={words.dashboard.reason}
          description={words.dashboard.reasonText}
          autosize
          minRows={2}
          required
          {...form.getInputProps('reason')}
        />
        <TextInput
          type="date"
          label={words.dashboard.grant.lastDate}
          description={words.dashboard.grant.lastDateText}
          min={today}
          {...form.getInputProps('lastDate')}
        />
      </fieldset>
      {shown && (
        <Alert color={isUnanswered ? 'orange' : 'red'} variant="outline" role="alert">
          {shown}
        </Alert>
      )}
    </Confirm>
  );
}

const outOfRange = words.dashboard.quantityOutOfRange(quantityMax);
