import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { root, sourceFiles, type SourceFile } from '../support/sources';
import { habit, placesOf } from '../support/words';

/*
 * The worst habits of language, which docs/house-english.md explains. A blank of a pattern also stands
 * for the end of a line. A pattern finds too little rather than too much: a test cannot judge a sentence.
 */
const habits = [
  habit(String.raw`\b[Ww]ho(?:so)?ever\b`, '"the caller", "a person who", "anyone who"'),
  habit(String.raw`\b[Ww]homever\b`, '"the person whom"'),
  habit(
    String.raw`(?:^|[.*] )Who (?:is|has|was|does|comes|asks|wants|needs|reads|waits|writes|may|can)\b[^.?!:]{0,80}\b(?:gets|is|has|needs|loses|comes|waits|takes|finds|sees)\b`,
    '"A reader that …"',
  ),
  habit(String.raw`\b[Aa]new\b`, '"again"'),
  habit(String.raw`\bof late\b`, '"recently"'),
  habit(String.raw`\bin (?:its|his|her|their) stead\b`, '"instead"'),
  habit(String.raw`\bof ours\b`, '"our"'),
  habit(String.raw`\b[Ff]or as long\b(?! as\b)`, 'the time: "for 20 s"'),
  habit(String.raw`\b(?:comes?|came|coming) by\b`, '"obtain", or "arrive"'),
  habit(String.raw`\bbehind (?:this|the|that|a|its|which|each) cursors?\b`, '"after the cursor"'),
  habit(
    String.raw`\b(?:is|are|was|were|be|been|being) told\b(?! apart)`,
    '"receives", or "is informed"',
  ),
  habit(String.raw`\bhears\b|\b(?:hear|heard) (?:of|from)\b`, '"receives"'),
  habit(String.raw`(?<!there |[Tt]here )\bis none\b`, '"is not a …"'),
  habit(String.raw`\bin vain\b`, '"without effect"'),
  habit(String.raw`(?<!are )\ball the same\b`, '"even so"'),
  habit(
    String.raw`\b(?:\d[\d,.]*|requests|times|messages|commands|points|statements|entries|events|rows|bytes|rounds) a (?:second|minute|hour|request|process|worker)\b`,
    '"per second"',
  ),
  habit(
    String.raw`\b(?:one|two|each|\d+) (?!(?:as|at|by|for|from|in|of|on|to|with)\b)[a-z]+ a (?:request|process|worker|batch|connection|socket|page|file|test|second|account)\b`,
    '"per request"',
  ),
  habit(String.raw`\b(?:let|lets|letting) go\b`, '"release"'),
  habit(String.raw`\b(?:has|have|had) not (?:the|a|any)\b`, '"lacks", or "does not have"'),
  habit(String.raw`\b(?:goes|go|going|went|gone) on\b`, '"continue"'),
  habit(String.raw`\bby (?:itself|themselves)\b`, '"separately", or "automatically"'),
  habit(String.raw`\banother one now\b`, '"has changed"'),
  habit(String.raw`\bno more(?=[.,;:)])`, '"no longer", or "at most"'),
  habit(
    String.raw`\b(?:null|empty|undefined) where\b(?!\s+\w+(?:[._]|\s*=))`,
    '"null if", "null when"',
  ),
  habit(
    String.raw`\b[Ww]here (?:none|nobody|nothing|there (?:is|are|was) no)\b`,
    '"if there is no …"',
  ),
  habit(String.raw`\bif there (?:is|are) none\b`, '"if it does not exist", "if the list is empty"'),
  habit(String.raw`\balso (?:if|where|when)\b`, '"even if"'),
  habit(String.raw`\bsave for\b`, '"except"'),
  habit(String.raw`\bfor ever\b`, '"forever"'),
  habit(String.raw`\b(?:is|are|was|were) let in\b`, '"has access"'),
  habit(String.raw`\b[Ww]hat (?:came|comes) of\b`, '"the result of"'),
];

/** They show the habits: the guide, and this file. */
const showHabits = ['docs/house-english.md', 'test/house/words.test.ts'];

/** What is read, the titles of tests too. Generated files repeat their sources. */
function texts(): SourceFile[] {
  const others = [
    ...filesOf('src', /\.(?:css|graphql|html)$/),
    ...['docs', 'examples'].flatMap((folder) => filesOf(folder, /\.md$/)),
    ...readdirSync(root).filter((name) => name.endsWith('.md')),
    'schema/schema.graphql',
  ];
  return [
    ...sourceFiles('src', 'migrations', 'scripts', 'bin', 'bench', 'examples', 'test'),
    ...others.map(read),
  ].filter(({ path }) => !showHabits.includes(path));
}

function filesOf(folder: string, ending: RegExp): string[] {
  return readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => ending.test(name) && !name.includes('node_modules'))
    .map((name) => path.posix.join(folder, name.split(path.sep).join('/')));
}

function read(name: string): SourceFile {
  return { path: name, text: readFileSync(path.join(root, name), 'utf8') };
}

test('no text has a habit that readers stumble over', () => {
  const read = texts();
  expect(read.length).toBeGreaterThan(200);
  expect(read.map(({ path }) => path)).toContain('test/story/story.test.ts');
  expect(read.flatMap((text) => placesOf(text, habits))).toEqual([]);
});

test.each([
  ['in a comment', '// Answers whoever asks.'],
  ['over two lines of a comment', '/**\n * Kept for\n * as long.\n */'],
  ['over two lines of a list', 'A reader\nis told\nso.'],
  ['over the seam of two strings', "say('The stream goes ' +\n  'on.')"],
])('a habit is found %s', (_, text) => {
  expect(placesOf({ path: 'a.ts', text }, habits)).toHaveLength(1);
});
