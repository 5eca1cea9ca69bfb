/**
 * Joins rows of a gateway with tickets of Daypass: all tickets that resolvers need in one turn are
 * one query, `nodes(ids:)`, of at most 100 ids. A ticket that does not exist is null.
 */
export function ticketsOfDaypass(execute, selection = '__typename ... on Ticket { id subject }') {
  const query = `query Joined($ids: [ID!]!) { nodes(ids: $ids) { ${selection} } }`;
  let waiting = [];

  const ask = async (batch) => {
    try {
      const { data, errors } = await execute({
        query,
        variables: { ids: batch.map(({ id }) => id) },
      });
      if (!data) throw new Error(errors?.[0]?.message ?? 'Daypass did not answer.');
      batch.forEach(({ resolve, reject }, at) => {
        const fault = errors?.find(({ path }) => path?.[0] === 'nodes' && path[1] === at);
        if (fault) reject(new Error(fault.message));
        else resolve(data.nodes[at]);
      });
    } catch (error) {
      for (const { reject } of batch) reject(error);
    }
  };

  const flush = () => {
    const asked = waiting;
    waiting = [];
    for (let at = 0; at < asked.length; at += 100) void ask(asked.slice(at, at + 100));
  };

  return (id) =>
    new Promise((resolve, reject) => {
      if (waiting.length === 0) setImmediate(flush);
      waiting.push({ id, resolve, reject });
    });
}
