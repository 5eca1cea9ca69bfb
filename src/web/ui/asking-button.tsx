import { Button, type ButtonProps } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useEffect, useRef, type ReactNode } from 'react';
import type { Document } from '../api/document';
import { useSubmitOnce, type Refusal } from '../session/use-submit-once';
import { Confirm } from './confirm';
import { Refused } from './refused';

/** A button that asks for confirmation first. If the action is refused, its dialog stays and shows why. */
export function AskingButton<Result, Variables, Payload extends { userErrors: Refusal[] }>({
  label,
  title,
  children,
  isDangerous = false,
  isReady,
  isRight = () => true,
  document,
  variables,
  of,
  done,
  onOpenChange,
  ...look
}: {
  /** The action itself, on the button and in the dialog. */
  label: string;
  title: string;
  /** What the action does. */
  children: ReactNode;
  isDangerous?: boolean;
  /** Whether everything that the action needs has been chosen. */
  isReady?: boolean;
  /** Called before the action is sent. If it returns false, it has shown what is wrong. */
  isRight?: () => boolean;
  document: Document<Result, Variables>;
  variables: Variables;
  of: (result: Result) => Payload | null | undefined;
  done: (payload: Payload) => void;
  onOpenChange?: (isOpen: boolean) => void;
} & Pick<ButtonProps, 'size' | 'color'> & { 'aria-label'?: string }) {
  const [isOpen, { open, close }] = useDisclosure(false, {
    onOpen: () => onOpenChange?.(true),
    onClose: () => onOpenChange?.(false),
  });
  const hasActed = useHeadingAfter();
  const act = useSubmitOnce(document, {
    of,
    done(payload) {
      hasActed();
      close();
      done(payload);
    },
  });
  return (
    <>
      <Button
        variant="default"
        {...look}
        onClick={() => {
          act.reset();
          open();
        }}
      >
        {label}
      </Button>
      <Confirm
        isOpen={isOpen}
        title={title}
        label={label}
        isDangerous={isDangerous}
        isBusy={act.isBusy}
        isReady={isReady}
        onConfirm={() => {
          if (isRight()) act.send(variables);
        }}
        onClose={close}
      >
        {children}
        <Refused of={act} />
      </Confirm>
    </>
  );
}

/** If the action removes its own button, the keyboard focus moves to the page's heading. */
function useHeadingAfter(): () => void {
  const acted = useRef(false);
  useEffect(
    () => () => {
      const isNowhere = document.activeElement === document.body;
      if (acted.current && isNowhere) document.querySelector('h1')?.focus();
    },
    [],
  );
  return () => {
    acted.current = true;
  };
}
