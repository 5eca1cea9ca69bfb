import { oneLine, type ChannelMessage } from './channel-message';

/** Of Slack: longer texts are refused with the whole message. */
const headerMax = 150;
/** A section may have 3,000 characters; escaped, one can become five. */
const lineMax = 500;
const linesMax = 5;

/** A message for an incoming webhook of Slack: blocks, and a text for notifications. */
export function slackMessage({ title, lines, action, footer }: ChannelMessage): object {
  const paragraphs = lines.slice(0, linesMax).map((line) => escaped(oneLine(line, lineMax)));
  // A button would need an app that answers Slack; a link works without one.
  const link = action ? [`<${linkOf(action.link)}|${escaped(oneLine(action.label, 75))}>`] : [];
  return {
    text: escaped(oneLine(`${title} ${lines[0] ?? ''}`, lineMax)),
    blocks: [
      { type: 'header', text: plain(title) },
      ...[...paragraphs, ...link].map((text) => ({ type: 'section', text: marked(text) })),
      { type: 'context', elements: [marked(escaped(oneLine(footer, lineMax)))] },
    ],
  };
}

function plain(title: string): object {
  let line = oneLine(title, headerMax);
  while (escaped(line).length > headerMax) line = oneLine(line, line.length - 1);
  return { type: 'plain_text', text: escaped(line), emoji: false };
}

/** Verbatim: a name such as @here or #general is no mention. */
function marked(text: string): object {
  return { type: 'mrkdwn', text, verbatim: true };
}

/** The three characters with a meaning, as Slack requires it. Stars and the like stay as they are. */
function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** Between < and |, a link may have neither. */
function linkOf(link: string): string {
  return escaped(link.replaceAll('|', '%7C').replaceAll('<', '%3C').replaceAll('>', '%3E'));
}
