import { oneLine, type ChannelMessage } from './channel-message';

const lineMax = 500;
const linesMax = 5;

/**
 * The message that a workflow of Teams ("When a Teams webhook request is received") posts: one Adaptive
 * Card. All texts are runs, which have no Markdown: a name cannot become a link.
 */
export function teamsCard({ title, lines, action, footer }: ChannelMessage): object {
  const paragraphs = lines.slice(0, linesMax).map((line) => textOf(line));
  return {
    type: 'message',
    attachments: [
      {
        contentType: 'application/vnd.microsoft.card.adaptive',
        contentUrl: null,
        content: {
          $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
          type: 'AdaptiveCard',
          version: '1.4',
          body: [
            textOf(title, { size: 'Medium', weight: 'Bolder' }),
            ...paragraphs,
            textOf(footer, { size: 'Small', isSubtle: true }),
          ],
          actions: action
            ? [{ type: 'Action.OpenUrl', title: oneLine(action.label, 75), url: action.link }]
            : [],
          // Else Teams shows the card in a narrow column.
          msteams: { width: 'Full' },
        },
      },
    ],
  };
}

function textOf(text: string, look: object = {}): object {
  const run = { type: 'TextRun', text: oneLine(text, lineMax), ...look };
  return { type: 'RichTextBlock', inlines: [run] };
}
