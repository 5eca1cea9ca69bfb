import { Container } from '@mantine/core';
import { ToCome } from './to-come';
import { words } from '../words';

/** Shown while something is loading, about as high as it will be. Nothing else on our pages says so. */
export function RowsToCome({ rows = 8 }: { rows?: number }) {
  return (
    <div className="stack" data-gap="xs" role="status" aria-label={words.ui.loading}>
      {Array.from({ length: rows }, (_, row) => (
        <ToCome key={row} height={40} />
      ))}
    </div>
  );
}

/** The same for a whole page, which has no frame yet. */
export function PageToCome() {
  return (
    <Container size="xl" py="xl" component="main">
      <RowsToCome />
    </Container>
  );
}
