import { ActionIcon, Code, CopyButton, Group, Tooltip } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { words } from '../words';

/** A text to copy exactly, such as a key or a link. */
export function CopyLine({ text, label }: { text: string; label: string }) {
  return (
    <Group gap="xs" wrap="nowrap" align="center">
      <Code block flex={1} className="copy-line" tabIndex={0} aria-label={label}>
        {text}
      </Code>
      <CopyButton value={text}>
        {({ copied, copy }) => (
          <Tooltip label={copied ? words.ui.copied : words.ui.copy}>
            <ActionIcon
              variant="default"
              size="lg"
              onClick={copy}
              aria-label={copied ? words.ui.copiedOf(label) : words.ui.copyOf(label)}
            >
              {copied ? <IconCheck size={18} aria-hidden /> : <IconCopy size={18} aria-hidden />}
            </ActionIcon>
          </Tooltip>
        )}
      </CopyButton>
    </Group>
  );
}
