/** An instant as milliseconds since 1970. */
export const ms = (column: string) => `(extract(epoch from ${column}) * 1000)::bigint`;

export const money = (minor: string, currency: string) =>
  `case when ${minor} is not null then json_build_object('minor', ${minor}, 'currency', ${currency}) end`;

/** The rows of a query as one JSON list. */
export const list = (row: string, from: string) =>
  `(select coalesce(json_agg(json_build_object(${row})), '[]') from ${from})`;

/** The fields of an agent, as `NamedAgent` has them. */
export const agentFields = `'id', id, 'name', name, 'type', type, 'status', status, 'role', role,
  'timeZone', time_zone, 'sections', sections, 'activatedAtMs', ${ms('activated_at')}`;
