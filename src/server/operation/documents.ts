import {
  GraphQLError,
  OverlappingFieldsCanBeMergedRule,
  parse,
  specifiedRules,
  validate,
  type DocumentNode,
  type GraphQLSchema,
  type ValidationRule,
} from 'graphql';
import { LRUCache } from 'lru-cache';
import { refuseDocument } from '../../api/document.rules';
import { fieldMergeRule } from '../../api/field-merge.rules';
import type { Limits } from '../../core/limits';
import type { FaultCode } from '../../core/domain-error';
import type { Log } from '../../core/log';

/**
 * The total size of texts whose documents are kept. A document needs about ten times the memory of
 * its text.
 */
const keptBytesMax = 1024 * 1024;
/** The number of kept documents, because texts may be very short. */
const keptMax = 1_000;
/**
 * The number of faults that are reported for one document: each is work, and a person corrects a
 * few at a time.
 */
const faultsMax = 10;
const invalid = 'GRAPHQL_VALIDATION_FAILED';

/**
 * The documents of all doors: parses and validates a text, and keeps the valid document, because
 * portals send the same few texts again and again. All work on a text is bounded here, before and
 * during the work.
 */
export class Documents {
  private readonly kept = new LRUCache<string, DocumentNode>({
    max: keptMax,
    maxSize: keptBytesMax,
    sizeCalculation: (_document, text) => Buffer.byteLength(text),
  });
  private readonly rules: readonly ValidationRule[];

  constructor(
    private readonly schema: GraphQLSchema,
    private readonly limits: Limits,
    private readonly options: { introspection: boolean; log: Pick<Log, 'warn'> },
  ) {
    this.rules = [
      ...specifiedRules.filter((rule) => rule !== OverlappingFieldsCanBeMergedRule),
      fieldMergeRule(limits),
    ];
  }

  /** A document that was found valid before. */
  known(text: string): DocumentNode | undefined {
    return this.kept.get(text);
  }

  /** Bytes of the texts whose documents are kept. */
  get keptBytes(): number {
    return this.kept.calculatedSize;
  }

  /** The document of a text, or the reasons why it is not valid. */
  read(text: string, { keep }: { keep: boolean }): DocumentNode | readonly GraphQLError[] {
    const document = this.parse(text);
    if (document instanceof GraphQLError) return [document];
    const faults = this.validate(document);
    if (faults.length > 0) return faults;
    if (keep) this.kept.set(text, document);
    return document;
  }

  private parse(text: string): DocumentNode | GraphQLError {
    const { documentBytes, tokens } = this.limits;
    if (Buffer.byteLength(text) > documentBytes) {
      return fault(
        'GRAPHQL_PARSE_FAILED',
        `The document is too long. It may have at most ${documentBytes} bytes.`,
      );
    }
    // Comments are not tokens, and a block string is one token: their work is per line.
    if (hasMore(text, '\n', tokens) || hasMore(text, '\r', tokens)) {
      return fault(
        'GRAPHQL_PARSE_FAILED',
        `The document is too long. It may have at most ${tokens} lines.`,
      );
    }
    try {
      // With locations, a document would keep its text, its tokens and its comments in memory, and
      // each fault that names a place would count the lines before it.
      return parse(text, { maxTokens: tokens, noLocation: true });
    } catch (thrown) {
      return this.refused(thrown, 'GRAPHQL_PARSE_FAILED');
    }
  }

  private validate(document: DocumentNode): readonly GraphQLError[] {
    try {
      const reasons = refuseDocument(document, this.limits, this.options);
      if (reasons.length > 0) return reasons.map((reason) => fault(invalid, reason));
      const options = { maxErrors: faultsMax, hideSuggestions: !this.options.introspection };
      const faults = validate(this.schema, document, this.rules, options);
      return faults.map(({ message }) => fault(invalid, message));
    } catch (thrown) {
      return [this.refused(thrown, invalid)];
    }
  }

  /** What a library throws for a text is a fault of the text, even if it is not a GraphQLError. */
  private refused(thrown: unknown, code: FaultCode): GraphQLError {
    if (thrown instanceof GraphQLError) {
      const { source, positions } = thrown;
      return new GraphQLError(thrown.message, { source, positions, extensions: { code } });
    }
    this.options.log.warn({ err: thrown }, 'a document could not be read');
    return fault(code, 'The document cannot be read.');
  }
}

function fault(code: FaultCode, message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code } });
}

function hasMore(text: string, character: string, most: number): boolean {
  let found = 0;
  for (let at = text.indexOf(character); at >= 0; at = text.indexOf(character, at + 1)) {
    found += 1;
    if (found > most) return true;
  }
  return false;
}
