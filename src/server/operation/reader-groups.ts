import type { DocumentNode } from 'graphql';
import type { AccountWatch } from '../../access/account-watch';
import { ReaderGroup, type GroupTools, type Member } from './reader-group';

/** Finds the group of a stream: equal document and variables, over one account's journal. */
export class ReaderGroups {
  /** Documents whose results are about their readers. */
  private readonly personal = new WeakSet<DocumentNode>();
  private readonly groups = new WeakMap<
    AccountWatch,
    WeakMap<DocumentNode, Map<string, ReaderGroup>>
  >();

  constructor(private readonly tools: GroupTools) {}

  join(member: Member): void {
    const { reader, operation, question } = member;
    const { watch } = reader;
    if (this.personal.has(operation.document)) return;
    const byDocument =
      this.groups.get(watch) ?? new WeakMap<DocumentNode, Map<string, ReaderGroup>>();
    this.groups.set(watch, byDocument);
    const byQuestion = byDocument.get(operation.document) ?? new Map<string, ReaderGroup>();
    byDocument.set(operation.document, byQuestion);
    let group = byQuestion.get(question);
    if (!group) {
      group = new ReaderGroup(watch, this.tools, {
        onEmpty: () => byQuestion.delete(question),
        onPersonal: () => this.personal.add(operation.document),
      });
      byQuestion.set(question, group);
    }
    group.join(member);
  }
}
