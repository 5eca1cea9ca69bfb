import type { DocumentNode, GraphQLSchema, OperationDefinitionNode } from 'graphql';
import type { RequestContext } from '../../api/context';
import { CompiledQuery } from './compiled-query';
import { NotCovered } from './compiled-values';

/** A query of a valid document, as requested. */
interface Asked {
  document: DocumentNode;
  /** Apollo continues without one; graphql-js reports that. */
  operation: OperationDefinitionNode | undefined;
  source: string;
  variables: Readonly<Record<string, unknown>> | undefined;
  contextValue: RequestContext;
}

interface Known {
  /** Null: it has not been compiled, or graphql-js executes it from now on. */
  query: CompiledQuery | null;
  uses: number;
}

/** A document that is used once is not worth a plan. */
const usesBeforeCompiled = 1;
/** A field needs at least so many characters, so that plans are not much larger than documents. */
const charactersPerField = 6;
const fieldsMax = 300;

/**
 * Executes queries by plans. graphql-js makes an info object, a path and arguments for each field of
 * each object, and a page has hundreds of them.
 *
 * A plan answers only what goes well. Anything else (an error, a null that may not be there) is left
 * to graphql-js, which receives the promises that resolvers have returned, so that nothing is read
 * twice and every error is that of graphql-js.
 */
export class CompiledQueries {
  private readonly known = new WeakMap<OperationDefinitionNode, Known>();

  constructor(private readonly schema: GraphQLSchema) {}

  /** The data of the answer; null if graphql-js has to execute the operation. */
  async execute(asked: Asked): Promise<Record<string, unknown> | null> {
    if (!asked.operation) return null;
    const known = this.knownOf(asked, asked.operation);
    const { query } = known;
    const run = query?.begin(asked.variables ?? {}, asked.contextValue);
    if (!query || !run) return null;
    try {
      return await query.execute(run);
    } catch (thrown) {
      if (thrown instanceof NotCovered) known.query = null;
      asked.contextValue.resolved = run.resolved;
      return null;
    }
  }

  private knownOf({ document, source }: Asked, operation: OperationDefinitionNode): Known {
    let known = this.known.get(operation);
    if (!known) {
      known = { query: null, uses: 0 };
      this.known.set(operation, known);
    }
    known.uses += 1;
    if (known.uses === usesBeforeCompiled + 1) {
      const most = Math.min(fieldsMax, Math.ceil(source.length / charactersPerField));
      known.query = compiled(this.schema, document, operation, most);
    }
    return known;
  }
}

function compiled(...of: ConstructorParameters<typeof CompiledQuery>): CompiledQuery | null {
  try {
    return new CompiledQuery(...of);
  } catch (thrown) {
    if (thrown instanceof NotCovered) return null;
    throw thrown;
  }
}
