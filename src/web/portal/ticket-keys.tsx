import { Button, Kbd, Stack, Switch, Table, Text } from '@mantine/core';
import { useDisclosure, useLocalStorage } from '@mantine/hooks';
import { IconKeyboard } from '@tabler/icons-react';
import { useEffect } from 'react';
import { Dialog } from '../ui/dialog';
import { words } from '../words';

/**
 * The keys of the list: `/` searches, `j` and `k` go through the tickets, `?` explains them. A person who
 * speaks to the computer, or types with a stick, can switch them off (WCAG 2.1.4).
 */
export function TicketKeys() {
  const [isOpen, { open, close }] = useDisclosure();
  const [areOn, setAreOn] = useLocalStorage({ key: 'daypass.keys', defaultValue: true });
  useEffect(() => {
    if (!areOn) return;
    const press = (event: KeyboardEvent) => {
      if (isElsewhere(event)) return;
      if (event.key === '?') open();
      else if (event.key === '/') document.querySelector<HTMLElement>(searchField)?.focus();
      else if (event.key === 'j') step(1);
      else if (event.key === 'k') step(-1);
      else return;
      event.preventDefault();
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, [areOn, open]);
  return (
    <>
      <Button
        variant="subtle"
        size="compact-sm"
        className="only-keyboards"
        leftSection={<IconKeyboard size={16} aria-hidden />}
        onClick={open}
      >
        {words.portal.keys.open}
      </Button>
      <Dialog opened={isOpen} onClose={close} title={words.portal.keys.title}>
        <Stack>
          <Table variant="vertical">
            <Table.Tbody>
              {(['/', 'j', 'k', '?'] as const).map((key) => (
                <Table.Tr key={key}>
                  <Table.Th scope="row">
                    <Kbd>{key}</Kbd>
                  </Table.Th>
                  <Table.Td>{words.portal.keys.of[key]}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
          <Text size="sm" c="dimmed">
            {words.portal.keys.enter}
          </Text>
          <Switch
            label={words.portal.keys.on}
            checked={areOn}
            onChange={(event) => setAreOn(event.currentTarget.checked)}
          />
        </Stack>
      </Dialog>
    </>
  );
}

const fields = ['input', 'textarea', 'select'];
const searchField = '[role=search] input[type=search]';

/** A key that is meant for a field, a dialog, the browser or another program. */
function isElsewhere({ target, ctrlKey, metaKey, altKey, defaultPrevented }: KeyboardEvent) {
  if (ctrlKey || metaKey || altKey || defaultPrevented) return true;
  if (document.querySelector('[role=dialog][aria-modal=true]')) return true;
  return target instanceof HTMLElement && fields.includes(target.localName);
}

/** Moves the focus to the next ticket, or to the one before; from elsewhere, to the first or the last. */
function step(by: 1 | -1): void {
  const links = [...document.querySelectorAll<HTMLElement>('a[data-ticket]')];
  const at = links.indexOf(document.activeElement as HTMLElement);
  const next = at === -1 ? (by === 1 ? 0 : links.length - 1) : at + by;
  links[next]?.focus();
}
