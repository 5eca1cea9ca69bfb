/**
 * The media types of a GraphQL over HTTP response. The first is sent if the client accepts both.
 */
const mediaTypes = ['application/json', 'application/graphql-response+json'] as const;
export type MediaType = (typeof mediaTypes)[number];

/** The one that a client prefers, by its Accept header; null if it accepts none of them. */
export function mediaTypeFor(accept: string | undefined): MediaType | null {
  if (!accept) return mediaTypes[0];
  const ranges = accept.split(',').map(readRange);
  // A set, because a header can contain thousands of each.
  const refused = new Set(ranges.filter(({ quality }) => quality === 0).map(({ range }) => range));
  const wanted = ranges
    .filter(({ quality }) => quality > 0)
    .sort((one, other) => other.quality - one.quality);
  for (const { range } of wanted) {
    const found = mediaTypes.find((type) => covers(range, type) && !refused.has(type));
    if (found) return found;
  }
  return null;
}

function readRange(text: string): { range: string; quality: number } {
  const [range = '', ...parameters] = text.split(';').map((part) => part.trim().toLowerCase());
  const given = parameters.find((parameter) => parameter.startsWith('q='));
  const quality = given ? Number(given.slice(2)) : 1;
  return { range, quality: Number.isNaN(quality) ? 1 : quality };
}

function covers(range: string, type: MediaType): boolean {
  return range === '*/*' || range === 'application/*' || range === type;
}
