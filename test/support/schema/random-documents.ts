import {
  getNamedType,
  isAbstractType,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLSchema,
} from 'graphql';
import type { Random } from '../../simulation/random';

/** A document with values for its variables; it may be valid, and often is not. */
export interface RandomDocument {
  query: string;
  variables: Record<string, unknown>;
  operationName?: string;
}

const awkward = [
  '',
  'Did you mean "id"?',
  '\u0000',
  '😀',
  '\ud800',
  'x'.repeat(700),
  '${}"\\',
  '__proto__',
];

/** Writes documents over a schema: what they ask for, their fragments, and values of all kinds. */
export class RandomDocuments {
  private fieldsLeft = 0;
  private readonly spreads = new Set<string>();
  private variables: Record<string, unknown> = {};
  private declared: string[] = [];

  constructor(
    private readonly schema: GraphQLSchema,
    private readonly random: Random,
    private readonly options: { operations: readonly ('query' | 'mutation' | 'subscription')[] },
  ) {}

  next(): RandomDocument {
    const { random } = this;
    this.fieldsLeft = random.between(1, 30);
    this.spreads.clear();
    this.variables = {};
    this.declared = [];
    const kind = random.pick(this.options.operations);
    const root = this.schema.getRootType(kind as never)!;
    const set = this.selectionSet(root, 0);
    const fragments = this.fragments();
    const declared = this.declared.length > 0 ? `(${this.declared.join(' ')})` : '';
    let query = `${kind} Asked${declared} ${set} ${fragments}`;
    if (random.chance(0.25)) query = this.mutated(query);
    return {
      query,
      variables: this.variables,
      ...(random.chance(0.1) ? { operationName: random.pick(['Asked', 'Other', '']) } : {}),
    };
  }

  private selectionSet(type: GraphQLCompositeType, depth: number): string {
    const { random } = this;
    const parts: string[] = [];
    for (let count = random.between(1, 4); count > 0; count -= 1) {
      parts.push(this.selection(type, depth));
    }
    return `{ ${parts.join(' ')} }`;
  }

  private selection(type: GraphQLCompositeType, depth: number): string {
    const { random } = this;
    this.fieldsLeft -= 1;
    const directive = random.chance(0.04)
      ? random.pick([
          ' @skip(if: false)',
          ' @include(if: $missing)',
          ` @include(if: ${this.variable('Boolean!', random.chance(0.8))})`,
          ' @unknown',
          ' @skip',
        ])
      : '';
    if (random.chance(0.06)) {
      const on = random.pick([type.name, ...this.possible(type), 'Nothing']);
      const inner = this.schema.getType(on);
      const set = this.selectionSet(isCompositeType(inner) ? inner : type, depth + 1);
      return `... on ${on}${directive} ${set}`;
    }
    if (random.chance(0.06)) {
      const name = `F${type.name}${random.between(0, 2)}`;
      this.spreads.add(name);
      return `...${name}${directive}`;
    }
    const fields =
      isObjectType(type) || !isAbstractType(type) || 'getFields' in type
        ? Object.values(
            (type as { getFields(): Record<string, GraphQLField<unknown, unknown>> }).getFields(),
          )
        : [];
    if (fields.length === 0 || random.chance(0.05)) return '__typename';
    if (random.chance(0.02)) return random.pick(['nothing', '__schema { types { name } }', 'ids']);
    const simple = fields.filter(({ type: of }) => !isCompositeType(getNamedType(of)));
    const isDeep = depth > 8 || this.fieldsLeft < 0;
    const field = random.pick(isDeep && simple.length > 0 ? simple : fields);
    const alias = random.chance(0.15) ? `${random.pick(['a', 'b', 'id', field.name])}: ` : '';
    const inner = getNamedType(field.type);
    const set = isCompositeType(inner)
      ? isDeep
        ? ' { __typename }'
        : ` ${this.selectionSet(inner, depth + 1)}`
      : random.chance(0.01)
        ? ' { id }'
        : '';
    return `${alias}${field.name}${this.args(field)}${directive}${set}`;
  }

  private possible(type: GraphQLCompositeType): string[] {
    return isAbstractType(type) ? this.schema.getPossibleTypes(type).map(({ name }) => name) : [];
  }

  private args(field: GraphQLField<unknown, unknown>): string {
    const { random } = this;
    const given = field.args.filter(({ type }) => isNonNullType(type) || random.chance(0.3));
    const args = given.map(({ name, type }) =>
      random.chance(0.4)
        ? `${name}: ${this.variable(String(type), true, type)}`
        : `${name}: ${this.literal(type, 0)}`,
    );
    if (random.chance(0.02)) args.push('unknown: 1');
    return args.length > 0 ? `(${args.join(', ')})` : '';
  }

  private variable(type: string, isGiven: boolean, of?: GraphQLInputType): string {
    const name = `v${this.declared.length}`;
    this.declared.push(`$${name}: ${this.random.chance(0.03) ? 'Nothing' : type}`);
    if (isGiven) this.variables[name] = of ? this.value(of, 0) : this.random.chance(0.5);
    return `$${name}`;
  }

  /** A value for a variable: of the type for the most part. */
  private value(type: GraphQLInputType, depth: number): unknown {
    const { random } = this;
    if (random.chance(0.05)) {
      return random.pick<unknown>([null, 1e308, -1, true, [], {}, [[[]]], ...awkward]);
    }
    if (isNonNullType(type)) return this.value(type.ofType, depth);
    if (isListType(type)) {
      return Array.from({ length: random.between(0, 3) }, () => this.value(type.ofType, depth));
    }
    if (isEnumType(type)) return random.pick(type.getValues()).name;
    if (isInputObjectType(type)) {
      const fields = Object.values(type.getFields()).filter(
        (field) => isNonNullType(field.type) || (depth < 3 && random.chance(0.4)),
      );
      const entries = fields.map((field) => [field.name, this.value(field.type, depth + 1)]);
      return Object.fromEntries(entries);
    }
    return random.pick<unknown>([
      1,
      20,
      true,
      'text',
      '2026-11-28',
      '2026-11-28T10:00:00Z',
      'UTC',
      ...awkward,
    ]);
  }

  private literal(type: GraphQLInputType, depth: number): string {
    const value = this.value(type, depth);
    const write = (one: unknown, of: GraphQLInputType | undefined): string => {
      const bare = of && isNonNullType(of) ? (of.ofType) : of;
      if (Array.isArray(one)) {
        return `[${one.map((item) => write(item, bare && isListType(bare) ? bare.ofType : bare)).join(', ')}]`;
      }
      if (typeof one === 'object' && one !== null) {
        const fields = bare && isInputObjectType(bare) ? bare.getFields() : {};
        const parts = Object.entries(one).map(
          ([key, inner]) => `${key}: ${write(inner, fields[key]?.type)}`,
        );
        return `{${parts.join(', ')}}`;
      }
      if (typeof one === 'string' && bare && isEnumType(bare)) return one || 'NOTHING';
      return JSON.stringify(one);
    };
    return write(value, type);
  }

  private fragments(): string {
    const made = new Set<string>();
    const texts: string[] = [];
    for (let round = 0; round < 4; round += 1) {
      for (const name of [...this.spreads]) {
        if (made.has(name) || this.random.chance(0.03)) continue;
        made.add(name);
        const type = this.schema.getType(name.slice(1, -1));
        if (!isCompositeType(type)) continue;
        texts.push(`fragment ${name} on ${type.name} ${this.selectionSet(type, 6)}`);
      }
    }
    return texts.join(' ');
  }

  /** The text with a part of it dropped, doubled, or put elsewhere. */
  private mutated(text: string): string {
    const { random } = this;
    const from = random.between(0, text.length - 1);
    const part = text.slice(from, from + random.between(1, 12));
    const at = random.between(0, text.length);
    return random.pick([
      text.slice(0, from) + text.slice(from + part.length),
      text.slice(0, at) + part + text.slice(at),
      text.slice(0, at) +
        random.pick([
          '"',
          '"""',
          '#',
          '{',
          '}',
          '(',
          ')',
          '$',
          '...',
          '@',
          '\u0000',
          '[',
          '\n#\n',
        ]) +
        text.slice(at),
      part.repeat(40),
    ]);
  }
}
