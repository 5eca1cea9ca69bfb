/** An instant as milliseconds since 1970. */
export const ms = (column: string) => `(extract(epoch from ${column}) * 1000)::bigint`;

/** The rows of a query as one JSON list; `pairs` are what `json_build_object` makes each of. */
export const list = (pairs: string, from: string) =>
  `(select coalesce(json_agg(json_build_object(${pairs})), '[]') from ${from})`;
