import { Button, Text } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useState } from 'react';
import { requestFile } from '../../api/request';
import type { InvoiceLinkFragment } from '../../generated/app';
import { sessions } from '../../session/session';
import { saveFile } from '../../ui/save-file';
import { words } from '../../words';

/** A document as a PDF. */
export function InvoiceDownload({
  invoice: { number, pdfPath },
}: {
  invoice: Pick<InvoiceLinkFragment, 'number' | 'pdfPath'>;
}) {
  const [isReading, setReading] = useState(false);
  const [fault, setFault] = useState<string | null>(null);
  const read = async () => {
    setReading(true);
    setFault(null);
    try {
      const answer = await requestFile(pdfPath, sessions.current!.bearer);
      if (answer.ok) saveFile(`${number}.pdf`, await answer.blob());
      else setFault(answer.status === 404 ? words.orders.noPdfYet : words.orders.noPdf);
    } catch {
      setFault(words.orders.noPdf);
    }
    setReading(false);
  };
  return (
    <>
      <Button
        variant="subtle"
        size="compact-sm"
        leftSection={<IconDownload size={16} aria-hidden />}
        aria-label={words.orders.download(number)}
        loading={isReading}
        onClick={() => void read()}
      >
        {number}
      </Button>
      {fault && (
        <Text size="xs" c="red" role="alert" className="wraps">
          {fault}
        </Text>
      )}
    </>
  );
}
