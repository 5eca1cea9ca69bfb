import { Alert, Text, Textarea } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { ReverseDayPassDocument, type LedgerConsumptionFragment } from '../../generated/app';
import { useSubmitOnce } from '../../session/use-submit-once';
import { words } from '../../words';
import { Confirm } from '../../ui/confirm';
import { filled } from '../../ui/field-rules';
import { messageOf } from '../../ui/message-of';
import { SmallButton } from '../../ui/small-button';
import { useKnowPass } from './ledger-passes';

const reasonMax = 500;

type Pass = Pick<
  LedgerConsumptionFragment,
  'id' | 'agent' | 'status' | 'reversedAt' | 'reversibleUntil'
>;

/** Reverses a consumption, as long as that is possible. */
export function ReverseButton({ pass }: { pass: Pass }) {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <>
      {pass.reversibleUntil && (
        <SmallButton onClick={() => setIsOpen(true)}>{words.ledger.reverse.open}</SmallButton>
      )}
      {isOpen && <ConfirmReversal pass={pass} onClose={() => setIsOpen(false)} />}
    </>
  );
}

function ConfirmReversal({ pass, onClose }: { pass: Pass; onClose: () => void }) {
  const [reason, setReason] = useState('');
  const [wrong, setWrong] = useState<string | null>(null);
  const knowPass = useKnowPass();
  // To reverse a reversed pass answers the same, so this mutation is safe to repeat.
  const { send, isBusy, fault, refusals } = useSubmitOnce(ReverseDayPassDocument, {
    of: ({ reverseDayPassConsumption }) => reverseDayPassConsumption,
    done({ consumption }) {
      knowPass(consumption!);
      notifications.show({
        color: 'teal',
        title: words.ledger.reverse.doneTitle,
        message: words.ledger.reverse.done(pass.agent.name),
        closeButtonProps: { 'aria-label': words.ui.close },
      });
      onClose();
    },
    // The ledger's list holds still; `knowPass` changes the one row.
    outdates: [],
  });
  const problem = fault ?? refusals[0];
  const isTooLate = problem?.code === 'NOT_REVERSIBLE';
  const close = () => {
    // From now on the row has no button either.
    if (isTooLate) knowPass({ ...pass, reversibleUntil: null });
    onClose();
  };

  return (
    <Confirm
      isOpen
      title={words.ledger.reverse.title(pass.agent.name)}
      label={words.ledger.reverse.submit}
      isDangerous
      isBusy={isBusy}
      isReady={!isTooLate}
      onConfirm={() => {
        const found = filled(reasonMax)(reason);
        setWrong(found);
        if (!found) send({ input: { consumptionId: pass.id, reason: reason.trim() } });
      }}
      onClose={close}
    >
      <Text size="sm">{words.ledger.reverse.text(pass.agent.name)}</Text>
      <Textarea
        label={words.dashboard.reason}
        description={words.ledger.reverse.reasonText}
        value={reason}
        onChange={(event) => {
          setReason(event.currentTarget.value);
          setWrong(null);
        }}
        error={wrong}
        disabled={isBusy || isTooLate}
        autosize
        minRows={2}
        required
        data-autofocus
      />
      {problem && (
        <Alert color="red" variant="outline" role="alert">
          {isTooLate ? words.ledger.reverse.tooLate : messageOf(problem)}
        </Alert>
      )}
    </Confirm>
  );
}
