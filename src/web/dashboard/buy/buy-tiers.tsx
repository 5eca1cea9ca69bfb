import { writeCount } from '../../format/count';
import { Badge, Table, Text, VisuallyHidden } from '@mantine/core';
import { writeMoney } from '../../format/money';
import type { ListPrice } from './buy-price';

/** What a pass costs from which quantity on; the price that applies is marked. */
export function Tiers<Price extends ListPrice & { example: boolean }>({
  tiers,
  current,
}: {
  tiers: readonly Price[];
  current: Price | null;
}) {
  return (
    <>
      <Table verticalSpacing={6}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">Quantity</Table.Th>
            <Table.Th scope="col" ta="right">
              Per pass
            </Table.Th>
            <Table.Th scope="col" w={90}>
              <VisuallyHidden>Which applies</VisuallyHidden>
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {tiers.map((tier, at) => {
            const applies = tier === current;
            return (
              <Table.Tr
                key={tier.minimumQuantity}
                aria-current={applies ? 'true' : undefined}
                fw={applies ? 600 : undefined}
              >
                <Table.Td>{rangeOf(tier, tiers[at + 1])}</Table.Td>
                <Table.Td ta="right">{writeMoney(tier.unitPrice)}</Table.Td>
                <Table.Td ta="right">
                  {applies && (
                    <Badge variant="light" tt="none">
                      Applies
                    </Badge>
                  )}
                </Table.Td>
              </Table.Tr>
            );
          })}
        </Table.Tbody>
      </Table>
      {tiers.some(({ example }) => example) && (
        <Text size="sm" c="dimmed">
          These are example prices.
        </Text>
      )}
    </>
  );
}

function rangeOf(tier: ListPrice, next: ListPrice | undefined): string {
  const from = writeCount(tier.minimumQuantity);
  return next ? `${from} to ${writeCount(next.minimumQuantity - 1)}` : `From ${from}`;
}
