import { Anchor } from '@mantine/core';
import { writeCount } from '../../format/count';
import { OverviewInNowDocument } from '../../generated/app';
import { useApiQuery } from '../../session/use-api-query';
import { words } from '../../words';
import { inNowSize, Left } from './overview-in-now';
import { Tile } from './tile';

/** As many as fit into the tile; the table below has all. */
const shownMax = 3;

/** How many agents are in with a day pass, and how long the next ones still have. */
export function InNowTile() {
  const { data, error } = useApiQuery(OverviewInNowDocument, { first: inNowSize });
  const passes = data?.dayPassConsumptions;
  const label = words.overview.facts.inNow;
  if (!passes) {
    return (
      <Tile name="in-now" label={label}>
        {error ? '–' : null}
      </Tile>
    );
  }
  const { totalCount, edges } = passes;
  const shown = edges.slice(0, shownMax);
  const others = totalCount == null ? null : totalCount - shown.length;
  const people = (
    <ul className="people" aria-label={words.overview.inNow.caption}>
      {shown.map(({ node: { id, agent, expiresAt } }) => (
        <li key={id} title={agent.name}>
          {agent.name} · <Left until={expiresAt} />
        </li>
      ))}
      {(others === null || others > 0) && (
        <li>
          <Anchor href="#in-now" inherit>
            {others === null ? words.overview.inNow.all : words.overview.inNow.others(others)}
          </Anchor>
        </li>
      )}
    </ul>
  );
  return (
    <Tile
      name="in-now"
      label={label}
      remark={shown.length > 0 ? people : words.overview.inNow.noneShort}
    >
      {totalCount == null ? words.overview.facts.inNowMany : writeCount(totalCount)}
    </Tile>
  );
}
