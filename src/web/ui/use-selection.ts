import { useMemo, useState } from 'react';

/** The rows that a person has chosen in a list. They stay chosen on other pages and under other filters. */
export interface Selection<Row extends { id: string }> {
  chosen: ReadonlyMap<string, Row>;
  set: (rows: readonly Row[], isChosen: boolean) => void;
  /** Without a test: nothing stays chosen. */
  keep: (stays?: (id: string) => boolean) => void;
}

/** The same object until another row is chosen. */
export function useSelection<Row extends { id: string }>(): Selection<Row> {
  const [chosen, setChosen] = useState<ReadonlyMap<string, Row>>(new Map());
  return useMemo(
    () => ({
      chosen,
      set: (rows, isChosen) =>
        setChosen((before) => {
          const after = new Map(before);
          for (const row of rows) {
            if (isChosen) after.set(row.id, row);
            else after.delete(row.id);
          }
          return after;
        }),
      keep: (stays = () => false) =>
        setChosen((before) => new Map([...before].filter(([id]) => stays(id)))),
    }),
    [chosen],
  );
}
