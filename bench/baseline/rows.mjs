/** The rows behind one answer of the gate: one prepared statement, every part of it by a key. */
export async function readGate(pool, accountId, agentId) {
  const { rows } = await pool.query({
    name: 'gate',
    text: `
      select clock_timestamp() as now, a.id, a.type, a.status, a.role, a.time_zone, a.sections,
        r.consumption_id, r.expires_at, w.id as wallet_id, w.balance, w.emergency_allowance,
        w.frozen_at, account.test_clock_offset_ms,
        (select coalesce(sum(remaining), 0) from lots
          where lots.account_id = $1 and lots.wallet_id = w.id and remaining > 0
            and lots.expires_at <= clock_timestamp()) as due,
        (select json_agg(p) from day_pass_prices p
          where p.plan = account.plan and p.currency = account.currency) as prices
      from accounts account
      join agents a on a.account_id = account.id and a.id = $2
      join wallets w on w.account_id = account.id and w.client_id is null
      left join running_passes r on r.account_id = account.id and r.agent_id = a.id
      where account.id = $1`,
    values: [accountId, agentId],
  });
  return rows[0];
}

/** A page of consumptions with their agents and wallets: three prepared statements, joined here. */
export async function readPage(pool, accountId, first) {
  const { rows } = await pool.query({
    name: 'page',
    text: `
      select id, agent_id, wallet_id, source, local_date::text, time_zone, starts_at, expires_at
      from consumptions where account_id = $1 order by starts_at desc, id desc limit $2`,
    values: [accountId, first + 1],
  });
  const agents = await byId(
    pool,
    {
      name: 'agents',
      text: 'select id, name, email, type from agents where account_id = $1 and id = any($2)',
    },
    [accountId, rows.map((row) => row.agent_id)],
  );
  const wallets = await byId(
    pool,
    {
      name: 'wallets',
      text: 'select id, name, balance from wallets where account_id = $1 and id = any($2)',
    },
    [accountId, rows.map((row) => row.wallet_id)],
  );
  const nodes = rows.slice(0, first).map(({ agent_id, wallet_id, ...row }) => ({
    ...row,
    agent: agents.get(agent_id),
    wallet: wallets.get(wallet_id),
  }));
  return { nodes, hasNextPage: rows.length > first };
}

async function byId(pool, { name, text }, values) {
  const { rows } = await pool.query({ name, text, values });
  return new Map(rows.map((row) => [row.id, row]));
}
