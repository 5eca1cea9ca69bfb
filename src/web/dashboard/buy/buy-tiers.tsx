import { writeCount } from '../../format/count';
import { Badge, Table, Text } from '@mantine/core';
import { writeMoney } from '../../format/money';
import type { ListPrice } from './buy-price';
import { words } from '../../words';

/** The price of a pass by quantity; the price that applies is marked. */
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
            <Table.Th scope="col">{words.buy.tiers.quantity}</Table.Th>
            <Table.Th scope="col" ta="right">
              {words.buy.tiers.perPass}
            </Table.Th>
            <Table.Th scope="col" w={90}>
              <span className="unseen">{words.buy.tiers.whichApplies}</span>
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
                      {words.buy.tiers.applies}
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
          {words.buy.tiers.examples}
        </Text>
      )}
    </>
  );
}

function rangeOf(tier: ListPrice, next: ListPrice | undefined): string {
  const from = writeCount(tier.minimumQuantity);
  return next
    ? words.buy.tiers.range(from, writeCount(next.minimumQuantity - 1))
    : words.buy.tiers.from(from);
}
