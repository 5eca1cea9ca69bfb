import type { Page } from 'playwright-core';
import { ConsumptionsDocument, type ConsumptionsQueryVariables } from '../../generated/operations';
import { eventually, type Desk } from '../desk/desk';
import { act } from '../desk/streams';

/** The rows of the ledger that are shown. */
export const rowsOf = (page: Page) => page.locator('tbody tr');

/** Whom the rows are about, from top to bottom. */
export const agentsIn = (page: Page) => rowsOf(page).locator('td:first-child').allTextContents();

/** Waits until the rows are about those, in that order. */
export const inOrder = (page: Page, names: string[]) =>
  eventually(async () => expect(await agentsIn(page)).toEqual(names));

/** The names, by the agents' ids, of whom the API lists. */
export async function listedNames(
  desk: Desk,
  names: Map<string, string>,
  variables: ConsumptionsQueryVariables,
): Promise<string[]> {
  const { dayPassConsumptions } = await act(desk, ConsumptionsDocument, variables);
  return dayPassConsumptions!.edges.map(({ node }) => names.get(node.agent.id)!);
}
