import {
  graphql,
  GraphQLInterfaceType,
  GraphQLList,
  GraphQLObjectType,
  GraphQLSchema,
  GraphQLString,
  GraphQLUnionType,
} from 'graphql';
import { applyGuards, type Guard } from '../../src/api/guard';
import { DomainError } from '../../src/core/domain-error';

/* A schema of its own: the product's node loaders ask for the right, too, and would hide a gap. */

interface Thing {
  kind: string;
  name: string;
}

const refuse: Guard<Thing> = (_context, { name }) => {
  if (name === 'secret') throw new DomainError('FORBIDDEN', 'Not for you.');
};
const fields = { name: { type: GraphQLString } };
const resolveType = ({ kind }: Thing) => kind;

const Named = new GraphQLInterfaceType({ name: 'Named', fields, resolveType });
const Sealed = new GraphQLInterfaceType({
  name: 'Sealed',
  fields,
  resolveType,
  extensions: { guard: refuse },
});
const Open = new GraphQLObjectType({ name: 'Open', interfaces: [Named], fields });
const Guarded = new GraphQLObjectType({
  name: 'Guarded',
  interfaces: [Named],
  fields,
  extensions: { guard: refuse },
});
const Inheriting = new GraphQLObjectType({
  name: 'Inheriting',
  interfaces: [Sealed, Named],
  fields,
});
const Either = new GraphQLUnionType({ name: 'Either', types: [Open, Guarded], resolveType });

const thing = (kind: string, name: string) => ({ kind, name });
const schema = new GraphQLSchema({
  types: [Inheriting],
  query: new GraphQLObjectType({
    name: 'Query',
    fields: {
      guarded: { type: Guarded, resolve: () => thing('Guarded', 'secret') },
      open: { type: Open, resolve: () => thing('Open', 'secret') },
      named: { type: Named, resolve: async () => thing('Guarded', 'secret') },
      namedOpen: { type: Named, resolve: () => thing('Open', 'secret') },
      inherited: { type: Named, resolve: () => thing('Inheriting', 'secret') },
      sealed: { type: Sealed, resolve: () => thing('Inheriting', 'secret') },
      either: { type: Either, resolve: () => thing('Guarded', 'secret') },
      list: {
        type: new GraphQLList(Named),
        resolve: () => [
          thing('Guarded', 'plain'),
          Promise.resolve(thing('Guarded', 'secret')),
          null,
        ],
      },
    },
  }),
});
applyGuards(schema);

const ask = async (field: string, selection = '{ name }') => {
  const { data, errors } = await graphql({ schema, source: `{ ${field} ${selection} }` });
  return { value: data?.[field], refused: errors?.map(({ path }) => path?.join('.')) ?? [] };
};

test.each(['guarded', 'named', 'inherited', 'sealed'])('%s: refused', async (field) => {
  expect(await ask(field)).toEqual({ value: null, refused: [field] });
});

test('a guarded member of a union is refused', async () => {
  const refused = await ask('either', '{ ... on Guarded { name } }');
  expect(refused).toEqual({ value: null, refused: ['either'] });
});

test.each(['open', 'namedOpen'])('%s: answered', async (field) => {
  expect(await ask(field)).toEqual({ value: { name: 'secret' }, refused: [] });
});

test('each item of a list is refused separately', async () => {
  expect(await ask('list')).toEqual({
    value: [{ name: 'plain' }, null, null],
    refused: ['list.1'],
  });
});
