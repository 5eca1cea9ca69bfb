import { Box, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import './ledger.css';

/** A list of names and values, one per line. Null items are left out. */
export function Facts({
  facts,
}: {
  facts: readonly (readonly [name: string, value: ReactNode] | null)[];
}) {
  return (
    <Box component="dl" className="facts">
      {facts.map(
        (fact) =>
          fact && (
            <div key={fact[0]}>
              <Text component="dt" size="sm" c="dimmed">
                {fact[0]}
              </Text>
              <Text component="dd" size="sm">
                {fact[1]}
              </Text>
            </div>
          ),
      )}
    </Box>
  );
}
