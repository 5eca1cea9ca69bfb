import { digestOf } from '../core/digest';

/** A text that was used less often is not worth a plan that every connection keeps. */
const usesBeforePrepared = 5;
/** Clients choose filters and page sizes: each connection keeps at most so many texts. */
const preparedMax = 100;
const countedMax = 1_000;

/** The names under which connections keep statements, so that PostgreSQL parses each once per connection. */
export class PreparedNames {
  private readonly names = new Map<string, string>();
  private readonly uses = new Map<string, number>();

  /**
   * Undefined for a text that is used rarely, or that came after too many others. A name follows from
   * its text, because processes may share connections through a pooler.
   */
  nameOf(text: string): string | undefined {
    const { names, uses } = this;
    const known = names.get(text);
    if (known !== undefined || names.size >= preparedMax) return known;
    const used = (uses.get(text) ?? 0) + 1;
    if (used <= usesBeforePrepared) {
      if (uses.size >= countedMax) uses.clear();
      uses.set(text, used);
      return undefined;
    }
    const name = `rows-${digestOf([text]).slice(0, 20)}`;
    uses.delete(text);
    names.set(text, name);
    return name;
  }
}
