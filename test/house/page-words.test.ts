import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { auditActions } from '../../src/db/audit-actions';
import { words } from '../../src/web/words';
import { textOf as textOfName } from '../../src/web/words/text-of';

/*
 * Every text of the pages stands in a message catalogue (src/web/words), and every text of a catalogue is
 * used. Sources are read as syntax trees; nothing is compiled or run.
 */

const root = 'src/web';
/** The gate has a catalogue of its own, in four languages; api sends no texts. */
const notPages = /^(?:gate|generated|words|format|api)\//;

/** Attributes and properties whose value a person or a screen reader reads. */
const readByPeople = new Set(
  (
    'label title placeholder description alt caption message text says means remark children ' +
    'aria-label aria-description aria-placeholder aria-roledescription aria-valuetext ' +
    'nothingFoundMessage zoneDescription invitation'
  ).split(' '),
);
/** Signs and names that are the same in every language. */
const sameEverywhere = /^(?:[^\p{L}]*|UTC|GMT|Daypass)$/u;
/** A sentence, or a word as it begins one: code has no such strings. */
const prose = /^\p{Lu}\p{Ll}+(?:[ ,.:;!?…’]|$)|\p{L}[,.:;]? \p{L}+.* \p{L}/u;

/** Texts that no person sees, and why. */
const notForPeople = new Set([
  // Keys of the keyboard.
  'Enter',
  'Escape',
  'Bearer ',
  // Font names, in CSS.
  'system-ui, -apple-system, "Segoe UI", Roboto, sans-serif',
  // A query of the browser's own.
  'demo accounts',
]);

interface Page {
  file: string;
  tree: ts.SourceFile;
}

const pages: Page[] = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .map((file) => file.replaceAll(path.sep, '/'))
  .filter((file) => /\.tsx?$/.test(file) && !notPages.test(file))
  .map((file) => ({
    file,
    tree: ts.createSourceFile(
      file,
      readFileSync(path.join(root, file), 'utf8'),
      ts.ScriptTarget.ES2022,
      true,
    ),
  }));

test('pages name their texts by the catalogue, and write none themselves', () => {
  expect(pages.length).toBeGreaterThan(100);
  expect(pages.flatMap(({ file, tree }) => literalTexts(tree).map((at) => `${file}${at}`))).toEqual(
    [],
  );
});

test('every act of the audit trail has words', () => {
  expect(Object.keys(words.audit.actions).sort()).toEqual([...auditActions].sort());
});

test('every text that a page names is in the catalogue, and every text of the catalogue is used', () => {
  const named = pages.flatMap(({ file, tree }) =>
    textsNamed(tree).map((one) => ({ file, ...one })),
  );
  const missing = named.filter(({ keys }) => textAt(keys) === undefined);
  expect(missing.map(({ file, keys }) => `${file}: words.${keys.join('.')}`)).toEqual([]);
  // Of an enumeration, `words.portal.status[status]`, all texts are used.
  const used = new Set(named.map(({ keys }) => keys.join('.')));
  const isUsed = (keys: string[]) =>
    keys.some((_, length) => used.has(keys.slice(0, length + 1).join('.')));
  expect(
    keysOf(words)
      .filter((keys) => !isUsed(keys))
      .map((keys) => keys.join('.')),
  ).toEqual([]);
});

test('forms speak our words: none of them leaves its checks to the browser', () => {
  const all = (name: RegExp) =>
    pages.flatMap(({ file, tree }) =>
      elementsNamed(tree, name).map((attributes) => ({ file, attributes })),
    );
  // `Form` is that of src/web/ui/form.tsx.
  expect(all(/^form$/i).length).toBeGreaterThan(15);
  const bare = all(/^form$/);
  expect(bare.filter(({ attributes }) => !attributes.includes('noValidate'))).toEqual([]);
  // A text that is too long is refused at its field, not cut; a search has no wrong value.
  const cutting = all(/./).filter(({ attributes }) => attributes.includes('maxLength'));
  expect(cutting.map(({ file }) => file)).toEqual([
    'portal/ticket-filters.tsx',
    'ui/search-input.tsx',
  ]);
});

test.each([
  ['PORTAL', 'Agent portal'],
  ['SOMETHING_NEW', undefined],
  ['', undefined],
  ['constructor', undefined],
  ['toString', undefined],
  ['__proto__', undefined],
])('the name %j, from an address or a newer service, has the text %j', (name, text) => {
  expect(textOfName(words.ledger.source, name)).toBe(text);
});

test('no page looks for a name with `in` among names that have a prototype', () => {
  // A literal name is the field of a known union of types.
  const computed = pages.flatMap(({ file, tree }) =>
    computedIns(tree).map((at) => `${file}: ${at}`),
  );
  expect(computed).toEqual([]);
});

test.each([
  ['<p>Some text</p>', 1],
  ['<p>{"Some text"}</p>', 1],
  ['<p>·</p>', 0],
  ['<p>{words.ui.close}</p>', 0],
  ['<input placeholder="acme" />', 1],
  ['<input placeholder={`acme`} />', 1],
  ['<input aria-label={isOpen ? "close" : words.ui.close} />', 1],
  ['<input type="email" />', 0],
  ['<i className="one of three" />', 0],
  ['const columns = [{ title: "number" }]', 1],
  ['const text = "Never"', 1],
  ['const text = `${count} of them are left`', 1],
  ['throw new Error("Nobody is signed in here.")', 0],
  ['const key = "daypass.session"', 0],
  ['const isAgent = actor.__typename === "Agent"', 0],
] as const)('a page with %s has %d texts of its own', (source, count) => {
  const tree = ts.createSourceFile('page.tsx', source, ts.ScriptTarget.ES2022, true);
  expect(literalTexts(tree)).toHaveLength(count);
});

/** The attributes of each element of a name. */
function elementsNamed(tree: ts.SourceFile, name: RegExp): string[][] {
  const found: string[][] = [];
  const visit = (node: ts.Node): void => {
    const isElement = ts.isJsxOpeningElement(node) || ts.isJsxSelfClosingElement(node);
    if (isElement && name.test(node.tagName.getText())) {
      found.push(node.attributes.properties.map((one) => one.name?.getText() ?? ''));
    }
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return found;
}

/** Each `name in object` of a file whose name is not written out. */
function computedIns(tree: ts.SourceFile): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (
      ts.isBinaryExpression(node) &&
      node.operatorToken.kind === ts.SyntaxKind.InKeyword &&
      !ts.isStringLiteralLike(node.left)
    ) {
      found.push(node.getText());
    }
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return found;
}

/** The texts that a file writes itself, each with its line. */
function literalTexts(tree: ts.SourceFile): string[] {
  const found: string[] = [];
  const note = (node: ts.Node, text: string) => {
    const { line } = tree.getLineAndCharacterOfPosition(node.getStart(tree));
    found.push(`:${line + 1} ${text.trim()}`);
  };
  const visit = (node: ts.Node): void => {
    if (ts.isJsxText(node)) {
      if (!sameEverywhere.test(node.text.trim())) note(node, node.text);
    } else if (isText(node)) {
      const text = textOf(node);
      const isRead = isReadByPeople(node) ? !sameEverywhere.test(text.trim()) : prose.test(text);
      if (isRead && !notForPeople.has(text) && !isOfCode(node)) note(node, text);
    }
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return found;
}

type Text = ts.StringLiteralLike | ts.TemplateExpression;

function isText(node: ts.Node): node is Text {
  return ts.isStringLiteralLike(node) || ts.isTemplateExpression(node);
}

/** What is written of it; `…` for what is filled in. */
function textOf(node: Text): string {
  if (ts.isStringLiteralLike(node)) return node.text;
  return node.head.text + node.templateSpans.map(({ literal }) => `…${literal.text}`).join('');
}

/** Whether a text is the value of an attribute or a property that people read, alone or in a choice. */
function isReadByPeople(node: ts.Node): boolean {
  const { parent } = node;
  if (ts.isJsxAttribute(parent)) return readByPeople.has(parent.name.getText());
  if (ts.isPropertyAssignment(parent) && parent.initializer === node) {
    return readByPeople.has(parent.name.getText().replaceAll(/['"]/g, ''));
  }
  if (ts.isJsxExpression(parent)) {
    return ts.isJsxAttribute(parent.parent) ? isReadByPeople(parent) : true;
  }
  const isChosen =
    ts.isParenthesizedExpression(parent) ||
    (ts.isConditionalExpression(parent) && parent.condition !== node) ||
    (ts.isBinaryExpression(parent) &&
      parent.right === node &&
      [
        ts.SyntaxKind.AmpersandAmpersandToken,
        ts.SyntaxKind.BarBarToken,
        ts.SyntaxKind.QuestionQuestionToken,
      ].includes(parent.operatorToken.kind));
  return isChosen && isReadByPeople(parent);
}

/** Names of modules, types and styles, what a value is compared with, and errors for developers. */
function isOfCode(node: ts.Node): boolean {
  const { parent } = node;
  return (
    ts.isImportDeclaration(parent) ||
    ts.isLiteralTypeNode(parent) ||
    ts.isCaseClause(parent) ||
    (ts.isJsxAttribute(parent) && parent.name.getText() === 'className') ||
    (ts.isBinaryExpression(parent) &&
      [
        ts.SyntaxKind.EqualsEqualsEqualsToken,
        ts.SyntaxKind.ExclamationEqualsEqualsToken,
        ts.SyntaxKind.InKeyword,
      ].includes(parent.operatorToken.kind)) ||
    (ts.isNewExpression(parent) && /^(?:Error|RangeError)$/.test(parent.expression.getText()))
  );
}

/** Each `words.a.b.c` of a file, as far as its names are written out. */
function textsNamed(tree: ts.SourceFile): { keys: string[] }[] {
  const found: { keys: string[] }[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node) && node.text === 'words' && !ts.isImportSpecifier(node.parent)) {
      const keys: string[] = [];
      let at: ts.Node = node;
      while (ts.isPropertyAccessExpression(at.parent) && at.parent.expression === at) {
        keys.push(at.parent.name.text);
        at = at.parent;
        // `words.ui.close.length` is no text's name.
        if (typeof textAt(keys) !== 'object') break;
      }
      // The catalogue itself is not handed around: nothing could be said to be unused.
      if (keys.length < 2) throw new Error(`${tree.fileName}: name each text in full`);
      found.push({ keys });
    }
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return found;
}

function textAt(keys: readonly string[]): unknown {
  return keys.reduce<unknown>(
    (at, key) => (at as Record<string, unknown> | undefined)?.[key],
    words,
  );
}

/** The names of all texts in a catalogue. */
function keysOf(catalogue: object): string[][] {
  return Object.entries(catalogue).flatMap(([key, text]) =>
    typeof text === 'object' ? keysOf(text as object).map((keys) => [key, ...keys]) : [[key]],
  );
}
