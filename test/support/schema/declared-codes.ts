import {
  buildSchema,
  getNamedType,
  isObjectType,
  Kind,
  OperationTypeNode,
  type DocumentNode,
} from 'graphql';
import { readFileSync } from 'node:fs';
import path from 'node:path';

const schema = buildSchema(
  readFileSync(path.resolve(__dirname, '../../../schema/schema.graphql'), 'utf8'),
);

/**
 * Throws if a payload has a refusal that the description of its `userErrors` does not list. Every
 * answer of a test passes through it, so the list always matches the code.
 */
export function assertCodesAreDeclared(document: DocumentNode, data: unknown): void {
  for (const operation of document.definitions) {
    if (operation.kind !== Kind.OPERATION_DEFINITION || operation.operation !== OperationTypeNode.MUTATION) continue;
    for (const field of operation.selectionSet.selections) {
      if (field.kind !== Kind.FIELD) continue;
      const payload = (data as Record<string, unknown> | null)?.[
        field.alias?.value ?? field.name.value
      ] as { userErrors?: readonly { code?: string }[] } | null | undefined;
      const declared = codesOf(field.name.value);
      for (const { code } of payload?.userErrors ?? []) {
        if (code !== undefined && !declared.includes(code)) {
          throw new Error(`${field.name.value} answered ${code}, which it does not declare.`);
        }
      }
    }
  }
}

function codesOf(mutation: string): string[] {
  const field = schema.getMutationType()?.getFields()[mutation];
  const payload = field && getNamedType(field.type);
  const userErrors = isObjectType(payload) ? payload.getFields().userErrors : undefined;
  return /Codes: (.*)\.$/.exec(userErrors?.description ?? '')?.[1]?.split(', ') ?? [];
}
