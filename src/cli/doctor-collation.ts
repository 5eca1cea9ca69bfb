import type { Client } from 'pg';
import { wordCollation } from '../db/words';
import { broken, ok, warning, type Finding } from './doctor-finding';

/** Indexes that are ordered by the collation of words. */
const indexes = ['agents_words_idx', 'clients_words_idx'];

/**
 * Whether the collation for names exists, in the version in which its indexes were made. A newer
 * ICU library may order some names differently; an index in the old order loses rows.
 */
export async function checkCollation(client: Client): Promise<Finding> {
  const { rows } = await client.query<{ made: string | null; present: string | null }>(
    `select collversion as made, pg_collation_actual_version(oid) as present
       from pg_collation where quote_ident(collname) = $1`,
    [wordCollation],
  );
  const [version] = rows;
  if (!version) {
    const advice = 'Use a PostgreSQL that was built with ICU. All common packages are.';
    return broken('collation', `the collation ${wordCollation} is missing`, advice);
  }
  const { made, present } = version;
  if (made === present) return ok('collation', `names are ordered by ICU, version ${present}`);
  const advice =
    `${indexes.map((name) => `reindex index ${name};`).join(' ')} ` +
    `alter collation ${wordCollation} refresh version;`;
  return warning(
    'collation',
    `the ICU version is ${present}, but the indexes were built with ${made}`,
    advice,
  );
}
