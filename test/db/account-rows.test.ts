import { AccountRows } from '../../src/db/account-rows';
import { PreparedNames } from '../../src/db/prepared-names';

/* The texts of queries over an account's rows. What they read is tested with the lists that use them. */

const shape = {
  table: 'passes',
  columns: { id: 'id', startsAt: 'starts_at' },
  select: 'row.id as "id"',
};

function watched() {
  const asked: { text: string; parameters: readonly unknown[] }[] = [];
  const scope = {
    queryPrepared: ({ text }: { text: string }, parameters: readonly unknown[]) => {
      asked.push({ text: text.replace(/\s+/g, ' '), parameters });
      return Promise.resolve([]);
    },
  };
  return { asked, rows: () => new AccountRows<{ id: string }>(scope, shape) };
}

test('conditions name properties and values, and each value is sent beside the text', async () => {
  const { asked, rows } = watched();
  await rows()
    .andWhere('row.startsAt >= :from and (row.startsAt < :to or :from::date is null)', {
      from: 1,
      to: 2,
    })
    .andWhere('row.id = :from', { from: "'; drop" })
    .addOrderBy('row.startsAt', 'DESC')
    .limit(20)
    .getMany();
  expect(asked).toEqual([
    {
      text: 'select row.id as "id" from passes as "row" where row.account_id = $1 and row.starts_at >= $2 and (row.starts_at < $3 or $2::date is null) and row.id = $4 order by row.starts_at DESC limit 21',
      parameters: [1, 2, "'; drop"],
    },
  ]);
});

test('a clone does not change its original', async () => {
  const { asked, rows } = watched();
  const original = rows().andWhere('row.id = :id', { id: 'a' });
  await original.clone().andWhere('row.startsAt > :at', { at: 1 }).getOne();
  await original.count(10);
  expect(asked.map(({ parameters }) => parameters)).toEqual([['a', 1], ['a']]);
  expect(asked[1]!.text).toContain('where row.account_id = $1 and row.id = $2 limit 10');
});

test('a parameter without a value is a fault of the program', () => {
  expect(() => watched().rows().andWhere('row.id = :id', {})).toThrow('id');
});

test('a text has a name after some uses, the same in every process, and few texts have one', () => {
  const [names, ofAnother] = [new PreparedNames(), new PreparedNames()];
  const after = (uses: number, text: string, of = names) => {
    let name: string | undefined;
    for (let use = 0; use < uses; use += 1) name = of.nameOf(text);
    return name;
  };
  expect(after(5, 'first')).toBeUndefined();
  const first = after(1, 'first');
  expect(first).toMatch(/^rows-/);
  expect(after(6, 'first', ofAnother)).toBe(first);
  const named = Array.from({ length: 200 }, (_, at) => after(6, `text ${at}`)).filter(Boolean);
  expect(new Set(named).size).toBe(99);
  expect(after(1, 'first')).toBe(first);
});
