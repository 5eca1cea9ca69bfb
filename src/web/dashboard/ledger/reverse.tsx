import { Alert, Button, Text, Textarea } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { ReverseDayPassDocument, type LedgerConsumptionFragment } from '../../generated/app';
import { useAct } from '../../session/use-api-query';
import { Confirm } from '../../ui/confirm';
import { saysOf } from '../../ui/says';
import { useOneAtATime } from '../../ui/use-one-at-a-time';
import { useKnowPass } from './ledger-passes';

const reasonMax = 500;
const tooLate =
  'It can no longer be reversed: more than 15 minutes have passed, or another pass of that day was reversed before.';

type Pass = Pick<
  LedgerConsumptionFragment,
  'id' | 'agent' | 'status' | 'reversedAt' | 'reversibleUntil'
>;

/** Takes a consumption back, for as long as that may be done. */
export function ReverseButton({ pass }: { pass: Pass }) {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <>
      {pass.reversibleUntil && (
        <Button size="compact-sm" variant="default" onClick={() => setIsOpen(true)}>
          Reverse …
        </Button>
      )}
      {isOpen && <ConfirmReversal pass={pass} onClose={() => setIsOpen(false)} />}
    </>
  );
}

function ConfirmReversal({ pass, onClose }: { pass: Pass; onClose: () => void }) {
  const [reason, setReason] = useState('');
  const [refusal, setRefusal] = useState<string | null>(null);
  const knowPass = useKnowPass();
  // Reversing what is reversed answers the same: it may be sent twice.
  const { mutateAsync, isPending } = useAct(ReverseDayPassDocument);
  const isTooLate = refusal === tooLate;

  const reverse = useOneAtATime(async () => {
    try {
      const input = { consumptionId: pass.id, reason: reason.trim() };
      const { reverseDayPassConsumption: answer } = await mutateAsync({ input });
      const { consumption, userErrors } = answer!;
      if (!consumption) {
        const [error] = userErrors;
        return setRefusal(error!.code === 'NOT_REVERSIBLE' ? tooLate : saysOf(error!));
      }
      knowPass(consumption);
      notifications.show({
        color: 'teal',
        title: 'Reversed',
        message: `${pass.agent.name} is out, and the pass is in the wallet again.`,
        closeButtonProps: { 'aria-label': 'Close' },
      });
      onClose();
    } catch (error) {
      setRefusal(saysOf(error as Error));
    }
  });
  const close = () => {
    // The row says so from now on, too.
    if (isTooLate) knowPass({ ...pass, reversibleUntil: null });
    onClose();
  };

  return (
    <Confirm
      isOpen
      title={`Reverse the pass of ${pass.agent.name}?`}
      label="Reverse"
      isDangerous
      isBusy={isPending}
      isReady={reason.trim() !== '' && !isTooLate}
      onConfirm={reverse}
      onClose={close}
    >
      <Text size="sm">
        {pass.agent.name} is out of the agent portal at once, and the pass goes back to where it
        came from. It cannot be undone, and only once a day for an agent.
      </Text>
      <Textarea
        label="Reason"
        description="It is kept in the ledger."
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        maxLength={reasonMax}
        disabled={isPending || isTooLate}
        autosize
        minRows={2}
        required
        data-autofocus
      />
      {refusal && (
        <Alert color="red" variant="outline" role="alert">
          {refusal}
        </Alert>
      )}
    </Confirm>
  );
}
