/** What a channel receives, before it is a message of Slack or a card of Teams. */
export interface ChannelMessage {
  title: string;
  lines: readonly string[];
  /** Where to look or to act; null if there is no such place. */
  action: { label: string; link: string } | null;
  /** Which account and service it is about. */
  footer: string;
}

/** Anybody chooses names: a line break in one would begin a line of its own. */
export function oneLine(text: string, lengthMax: number): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length <= lengthMax ? line : `${line.slice(0, lengthMax - 1).trimEnd()}…`;
}
