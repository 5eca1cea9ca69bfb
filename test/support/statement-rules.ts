import { loadModule, parseSync } from 'libpg-query';
import { everyShardStatements } from '../../src/db/every-shard';

/*
 * What a cluster that is sharded by account needs of a statement. It finds the machine by the account,
 * so each table of accounts is bound to one: by `account_id = $n`, or by a join on the account with a
 * table that is. Only statements with a name in `db/every-shard.ts` may go to several accounts.
 */

/** A node of the parser's tree. */
type Node = Readonly<Record<string, unknown>>;

/** What is wrong with a statement; nothing if it keeps the rules. */
export function judgeStatement(text: string, accountTables: ReadonlySet<string>): string[] {
  const name = /^\/\* every shard: ([\w -]+) \*\//.exec(text)?.[1];
  if (name && !Object.hasOwn(everyShardStatements, name))
    return [`no statement is named "${name}"`];
  const faults: string[] = [];
  const { stmts } = parseSync(text) as { stmts?: { stmt: Node }[] };
  for (const { stmt } of stmts ?? []) {
    for (const [kind, node] of Object.entries(stmt)) {
      if (!/^(?:Select|Insert|Update|Delete)Stmt$/.test(kind)) continue;
      new Judge(accountTables, faults, name !== undefined).visit({ [kind]: node }, new Map());
    }
  }
  return [...new Set(faults)];
}

export const loadParser: () => Promise<void> = loadModule;

/** The tables whose rows belong to accounts, from the printed schema. */
export function accountTablesIn(schemaSql: string): Set<string> {
  const tables = schemaSql.matchAll(/^create table (\w+) \(\n([^;]*?)^\);/gm);
  return new Set(
    [...tables].flatMap(([, name, columns]) => (/^  account_id /m.test(columns!) ? [name!] : [])),
  );
}

/** The relations that a query sees, by alias: whether the account of each is known. */
type Scope = Map<string, boolean>;

class Judge {
  constructor(
    private readonly accountTables: ReadonlySet<string>,
    private readonly faults: string[],
    /** It has a name, and may go to every shard. */
    private readonly isNamed: boolean,
    private readonly queries = new Set<string>(),
  ) {}

  visit(tree: unknown, outer: Scope): void {
    if (Array.isArray(tree)) return tree.forEach((one) => this.visit(one, outer));
    if (typeof tree !== 'object' || tree === null) return;
    for (const [kind, value] of Object.entries(tree)) {
      if (/^(?:Select|Insert|Update|Delete)Stmt$/.test(kind))
        this.level(kind, value as Node, outer);
      else this.visit(value, outer);
    }
  }

  /** One query, and those within it. */
  private level(kind: string, node: Node, outer: Scope): void {
    for (const cte of shallow(node.withClause, 'CommonTableExpr'))
      this.queries.add(String(cte.ctename));
    const { withClause, larg, rarg, ...own } = node;
    if (withClause) this.visit(withClause, outer);
    // The parts of a union are queries of their own.
    for (const part of [larg, rarg]) if (part) this.level('SelectStmt', part as Node, outer);

    const from = [node.relation && { RangeVar: node.relation }, node.fromClause, node.usingClause];
    const source = kind === 'InsertStmt' ? [] : from;
    const tables = shallow(source, 'RangeVar');
    const scope: Scope = new Map(outer);
    for (const table of tables) scope.set(aliasOf(table), !this.isOfAccounts(table));
    for (const other of [
      ...shallow(source, 'RangeSubselect'),
      ...shallow(source, 'RangeFunction'),
    ]) {
      if (other.alias) scope.set(aliasOf(other), true);
    }
    if (kind !== 'InsertStmt') this.bind(node, tables, scope);
    if (kind === 'InsertStmt') this.insertion(node);
    if (kind !== 'SelectStmt') this.change(kind, node);
    this.visit(own, scope);
  }

  private bind(node: Node, tables: readonly Node[], scope: Scope): void {
    const conditions = [
      ...conjuncts(node.whereClause),
      ...shallow([node.fromClause, node.usingClause], 'JoinExpr').flatMap((join) =>
        conjuncts(join.quals),
      ),
    ];
    const sides = conditions.flatMap(sidesOf);
    const names = tables.map(aliasOf);
    const joined = shallow([node.fromClause], 'JoinExpr').some((join) =>
      JSON.stringify(join.usingClause ?? '').includes('account_id'),
    );
    for (let before = -1; before !== countOf(scope);) {
      before = countOf(scope);
      for (const [left, right] of sides) {
        for (const alias of accountsIn(left, names)) {
          const others = accountsIn(right, [...scope.keys()]);
          const isKnown =
            isGiven(right) || others.some((other) => other !== alias && scope.get(other));
          if (isKnown && scope.has(alias)) scope.set(alias, true);
        }
      }
      if (joined && names.some((name) => scope.get(name)))
        for (const name of names) scope.set(name, true);
    }
    if (this.isNamed) return;
    for (const table of tables) {
      if (!scope.get(aliasOf(table))) this.faults.push(`${String(table.relname)} has no account`);
    }
  }

  private insertion(node: Node): void {
    const table = node.relation as Node;
    if (!this.isOfAccounts(table) || this.isNamed) return;
    const columns = (node.cols as { ResTarget: Node }[] | undefined) ?? [];
    const at = columns.findIndex(({ ResTarget }) => ResTarget.name === 'account_id');
    const select = (node.selectStmt as { SelectStmt?: Node } | undefined)?.SelectStmt;
    if (at < 0 || !select)
      return void this.faults.push(`an insert into ${String(table.relname)} has no account`);
    if (select.valuesLists) return;
    const value = (select.targetList as { ResTarget: Node }[])[at]?.ResTarget.val as Node;
    if (!value.ColumnRef) {
      this.faults.push(
        `an insert into ${String(table.relname)} does not select its account from a table`,
      );
    }
    if (volatileIn(select.targetList)) this.faults.push('an insert of a query calls a clock');
  }

  private change(kind: string, node: Node): void {
    const table = node.relation as Node;
    if (!this.isOfAccounts(table)) return;
    const conflict = (node.onConflictClause as Node | undefined) ?? {};
    const changed =
      kind === 'InsertStmt'
        ? [conflict.targetList, conflict.whereClause]
        : [node.targetList, node.whereClause];
    if (volatileIn(changed)) this.faults.push(`a change of ${String(table.relname)} calls a clock`);
    const clause = node.returningClause as { exprs?: unknown } | undefined;
    const returned = (clause?.exprs ?? node.returningList ?? []) as { ResTarget: Node }[];
    if (returned.some(({ ResTarget }) => !(ResTarget.val as Node).ColumnRef)) {
      this.faults.push(`a change of ${String(table.relname)} returns more than plain columns`);
    }
  }

  private isOfAccounts({ relname, schemaname }: Node): boolean {
    const name = String(relname);
    return schemaname === undefined && this.accountTables.has(name) && !this.queries.has(name);
  }
}

const aliasOf = (table: Node): string =>
  String((table.alias as Node | undefined)?.aliasname ?? table.relname);

const countOf = (scope: Scope) => [...scope.values()].filter(Boolean).length;

/** The nodes of that kind, without those of queries within. */
function shallow(tree: unknown, kind: string): Node[] {
  if (Array.isArray(tree)) return tree.flatMap((one) => shallow(one, kind));
  if (typeof tree !== 'object' || tree === null) return [];
  return Object.entries(tree).flatMap(([name, value]) => {
    const own = name === kind ? [value as Node] : [];
    if (/Stmt$/.test(name) || (name === 'RangeSubselect' && kind !== name)) return own;
    return [...own, ...shallow(value, kind)];
  });
}

/** The parts of a condition that all hold. */
function conjuncts(condition: unknown): Node[] {
  const node = condition as { BoolExpr?: { boolop: string; args: unknown[] } } | undefined;
  if (!node) return [];
  if (node.BoolExpr?.boolop === 'AND_EXPR') return node.BoolExpr.args.flatMap(conjuncts);
  return [node];
}

/** Both readings of an equality. */
function sidesOf(condition: Node): [Node, Node][] {
  const equality = condition.A_Expr as Node | undefined;
  if (equality?.kind !== 'AEXPR_OP' || !JSON.stringify(equality.name).includes('"="')) return [];
  const [left, right] = [equality.lexpr as Node, equality.rexpr as Node];
  return [
    [left, right],
    [right, left],
  ];
}

const isGiven = (side: Node): boolean => {
  const cast = side.TypeCast as Node | undefined;
  return side.ParamRef !== undefined || (cast !== undefined && isGiven(cast.arg as Node));
};

/** The aliases whose account this column is. */
function accountsIn(side: Node, aliases: readonly string[]): readonly string[] {
  const fields = (side.ColumnRef as { fields: { String?: { sval: string } }[] } | undefined)
    ?.fields;
  const names = fields?.map((field) => field.String?.sval) ?? [];
  const [last] = names.slice(-1);
  if (last !== 'account_id' && !(last === 'id' && names.length === 2)) return [];
  if (last === 'id')
    return aliases.filter(
      (alias) => alias === names[0] && /^(?:a|account|accounts|ahead)$/.test(alias),
    );
  return names.length === 1 ? aliases : aliases.filter((alias) => alias === names[0]);
}

const clocks =
  /^(?:now|clock_timestamp|statement_timestamp|transaction_timestamp|random|gen_random_uuid|nextval)$/;

function volatileIn(tree: unknown): boolean {
  const calls = shallow(tree, 'FuncCall').flatMap((call) =>
    (call.funcname as { String: { sval: string } }[]).map(({ String: { sval } }) => sval),
  );
  return calls.some((name) => clocks.test(name)) || shallow(tree, 'SQLValueFunction').length > 0;
}
