import fc from 'fast-check';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseBlock } from '../../server/src/yaml/block.js';
import type { Range } from '../../server/src/text/range.js';
import { toJson } from '../../server/src/yaml/json.js';
import type { YamlNode } from '../../server/src/yaml/node.js';
import { parseDocument, parseWithPackage } from '../../server/src/yaml/parse.js';
import { nodeAt, pathAt } from '../../server/src/yaml/path.js';
import { splitDocuments } from '../../server/src/yaml/split.js';

// The fast reader may decline any text; where it does not, it gives what the `yaml` package gives, to the last offset.

const FULL = process.env['FULL'] === '1';
const SHARED = process.env['MESHWRIGHT_SHARED'] ?? path.join(import.meta.dirname, '../../../shared');
const SAMPLE_BYTES = 2_000_000;

const samples = [
  '',
  '# nothing\n---\n# at all\n',
  'kind: Service\nmetadata:\n  name: a\n  labels: {app: a, "b": \'c\'}\nspec:\n  ports:\n  - port: 80\n    name: http\n  - {port: 8080, name: web}\n',
  'a:\n- b\n-\n- - c\n  - d\n-   e: 1\n    f:\n- \n  g: 2\n',
  'a: one\n  two\n\n\n  three # comment\nb:\n  four\n  five\nc: # comment\n  six\n',
  "a: \"x\\n\\u00e9 \\x41 ${V}\"\nb: 'it''s'\nc: \"one\n  two\n\n  three \"\nd: 'one\n\n    two'\n\"e\": 1\n'f g' : 2\n",
  'a: |\n  one\n    two\n\n  three\n\n\nb: >\n  one\n  two\n\n  three\nc: |-\n  x\nd: |+\n  x\n\n\ne: >-\n  $(X)\n# c\nf: |\n  x',
  'a: [1, two, "three", [], {}, { b: , c, "d":1, e: [x y, z] }]\nb: [\n  one, # c\n  two,\n]\nc: {\n}\n',
  '{\n  "a": [1, 2.5, null, true],\n  "b": {"c": "\\"d\\""},\n  "e": {}\n}\n',
  '---\n  a: 1\n  b: 2\n...\n# end\n',
  'a: 1\r\nb:\r\n  - "x\r\n    y"\r\n  - z\r\n    w\r\n  - |\r\n    l\r\n    m\r\n',
  'a: http://x:80/y?z#w\nb: -x\nc: a:b\nd: - \n',
  'a:    \nb:   # c\nc: x   \n  \nd:\n\n\n# c\n   # c\ne: 1\n',
  'a: é b\n€: "😀"\nb: [ü, 𝒳 y, \ud800]\n# – 😀\nc: |\n  ß\n',
  'data:\n  x: |\n    #!/bin/sh\n    # c\n    echo: "$1"\n\n    done\n  # c\n  y: 0777\n  z: 1_000\n  n: ~\n  yes: on\n',
];

describe('where the fast reader reads a text, both readers agree', () => {
  test.each(samples.map((it) => [it]))('%j', (text) => {
    for (const line of [text, `\ufeff${text}`, ...splitDocuments(text).map((it) => it.text)]) expect(difference(line)).toBeUndefined();
  });

  test('in a text that takes more room than it has characters', () => {
    const text = `a: ${'€'.repeat(20_000)}\nb: 1\n`;
    expect(parseBlock(text)).toBeDefined();
    expect(difference(text)).toBeUndefined();
  });

  const documents = sharedDocuments();
  test('in the manifests at hand', () => {
    if (documents.length === 0) {
      console.log('skipped: no manifests beside the repository to compare the two YAML readers on');
      return;
    }
    let bytes = 0;
    let read = 0;
    for (const { file, text } of FULL ? documents : shuffled(documents, 1)) {
      if (!FULL && bytes > SAMPLE_BYTES) break;
      bytes += text.length;
      if (parseBlock(text) !== undefined) read += text.length;
      expect(difference(text), file).toBeUndefined();
    }
    console.log(`the fast reader read ${Math.round((100 * read) / bytes)} % of ${Math.round(bytes / 1000)} KB`);
  }, 600_000);

  test('a character that manifests have no use for is for the other reader, wherever it stands', () => {
    for (const strange of ['\t', '\0', '\x0b', '\x1f', '\x7f', '\ufeff', '\r']) {
      for (const sample of samples) {
        for (let at = 0; at <= sample.length; at++) {
          const text = sample.slice(0, at) + strange + sample.slice(at);
          if (strange === '\r' && text[at + 1] === '\n') continue;
          // A file may begin with it.
          if (strange === '\ufeff' && at === 0) continue;
          expect(parseBlock(text), JSON.stringify(text)).toBeUndefined();
        }
      }
    }
  });

  test('a byte-order mark at the start does not keep the fast reader away', () => {
    for (const text of ['kind: Service\n', '# a comment\nkind: Service\n', '# a comment\n---\n- a\n'])
      expect(parseBlock(`\ufeff${text}`)).toBeDefined();
  });

  test('however texts are changed', () => {
    const seeds = [...samples, ...shuffled(documents, 2).map((it) => it.text)]
      .filter((it) => it.length < 4_000)
      .slice(0, FULL ? 3_000 : 300);
    const changed = fc
      .tuple(fc.constantFrom(...seeds), fc.array(change, { minLength: 1, maxLength: 4 }))
      .map(([text, changes]) => changes.reduce((it, apply) => apply(it), text));
    fc.assert(
      fc.property(changed, (text) => {
        for (const document of splitDocuments(text)) expect(difference(document.text)).toBeUndefined();
      }),
      { seed: FULL ? Date.now() : 7, numRuns: 1_000_000, interruptAfterTimeLimit: FULL ? 240_000 : 10_000, markInterruptAsFailure: false },
    );
  }, 600_000);
});

describe('whatever the text', () => {
  test('there is a result, with ranges in order and within the text', () => {
    const seeds = [...samples, ...broken, ...shuffled(sharedDocuments(), 3).map((it) => it.text)]
      .filter((it) => it.length < 3_000)
      .slice(0, FULL ? 2_000 : 200);
    const texts = fc.oneof(
      fc.string({ unit: fc.constantFrom(...PIECES), maxLength: 60 }),
      fc
        .tuple(fc.constantFrom(...seeds), fc.array(change, { minLength: 1, maxLength: 8 }))
        .map(([text, changes]) => changes.reduce((it, apply) => apply(it), text)),
    );
    fc.assert(
      fc.property(texts, (text) => {
        const { root, problems } = parseDocument(text);
        const places = [...problems, ...problems.flatMap((it) => it.related)].map((it) => it.range);
        if (root !== undefined) {
          toJson(root);
          pathAt(root, { start: text.length >> 1, end: text.length >> 1 });
          nodeAt(root, text.length >> 1);
          places.push(...placesOf(root));
          if (!/[&*]/.test(text)) expect(outside(root)).toBeUndefined();
        }
        for (const { start, end } of places) {
          if (!(start >= 0 && start <= end && end <= text.length)) expect.fail(`${start}-${end} in ${JSON.stringify(text)}`);
        }
      }),
      { seed: FULL ? Date.now() : 11, numRuns: 1_000_000, interruptAfterTimeLimit: FULL ? 120_000 : 4_000, markInterruptAsFailure: false },
    );
  }, 600_000);
});

const broken = [
  'a: {{ .Values.x }}\n{{- if .y }}\nb:\n  {{- toYaml .z | nindent 2 }}\n  c: 1\n{{- end }}\n',
  'a: &x {p: 1}\nb: *x\nc:\n  <<: *x\n  q: [*x, *x]\n',
  'a: "never closed\nb: [1, 2\nc:\n\td: 1\n e: 2\n',
  '<<<<<<< HEAD\na: 1\n=======\na: 2\n>>>>>>> x\n',
  '? - a\n: - b\n? {c: d}\n: !t e\n',
];

function placesOf(node: YamlNode): Range[] {
  if (node.type === 'scalar') return [node];
  if (node.type === 'list') return [node, ...node.items.flatMap(placesOf)];
  return [node, ...node.entries.flatMap((it) => [it.keyRange, ...placesOf(it.value)])];
}

/** A node that lies outside of its parent, which only aliases may do. */
function outside(node: YamlNode): YamlNode | undefined {
  const inner = node.type === 'map' ? node.entries.map((it) => it.value) : node.type === 'list' ? node.items : [];
  return inner.find((it) => it.start < node.start || it.end > node.end) ?? inner.map(outside).find((it) => it !== undefined);
}

/** Characters and pieces that mean something to YAML. */
const PIECES = [
  ' ',
  '  ',
  '\n',
  '\r\n',
  ':',
  ': ',
  '-',
  '- ',
  '#',
  ' #',
  '"',
  "'",
  ',',
  '[',
  ']',
  '{',
  '}',
  '|\n',
  '>\n',
  '|-\n',
  '&a ',
  '*a',
  '!x ',
  '? ',
  '\t',
  '\\',
  '<<: ',
  '$',
  '${X}',
  '{{ x }}',
  '@',
  '%',
  '`',
  '~',
  'x',
  'yes',
  '0',
  '...\n',
  '---\n',
  '=',
  '\n\n',
  '\u2028',
  '\ufeff',
  '\0',
  'é',
];

const change: fc.Arbitrary<(text: string) => string> = fc
  .tuple(
    fc.nat(11),
    fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
    fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
    fc.constantFrom(...PIECES),
  )
  .map(([kind, here, there, piece]) => (text) => {
    const at = Math.floor(here * (text.length + 1));
    if (kind < 4) return text.slice(0, at) + piece + text.slice(at);
    if (kind === 4) return text.slice(0, at) + text.slice(at + 1 + Math.floor(there * 3));
    if (kind === 5) return text.slice(0, at) + text.slice(at + 1, at + 2) + text.slice(at, at + 1) + text.slice(at + 2);
    const lines = text.split('\n');
    const line = Math.floor(here * lines.length);
    const other = Math.floor(there * lines.length);
    const found = lines[line]!;
    if (kind === 6) lines.splice(line, 1);
    else if (kind === 7) lines.splice(other, 0, found);
    else if (kind === 8) lines[line] = ` ${found}`;
    else if (kind === 9) lines[line] = found.replace(/^ {1,2}/, '');
    else if (kind === 10) lines[line] = found + piece;
    else lines[line] = found.replace(/^( *)/, `$1${piece}`);
    return lines.join('\n');
  });

function difference(text: string): string | undefined {
  const fast = parseBlock(text);
  if (fast === undefined) return undefined;
  const slow = parseWithPackage(text);
  const told = slow.problems.map((it) => it.message);
  const expected = drawn(slow.root, text).concat(told);
  const found = drawn(fast.root, text);
  const at = expected.findIndex((line, i) => line !== found[i]);
  if (at < 0 && expected.length === found.length) return undefined;
  const line = at < 0 ? expected.length : at;
  return `${JSON.stringify(text.slice(0, 2_000))}\n  package: ${expected[line]}\n  fast:    ${found[line]}`;
}

/** Everything about a tree, one line a node. */
function drawn(node: YamlNode | undefined, text: string): string[] {
  if (node === undefined) return ['nothing'];
  const place = `${node.start}-${node.end} ${JSON.stringify(text.slice(node.start, Math.min(node.end, node.start + 40)))}`;
  switch (node.type) {
    case 'scalar':
      return [`${node.style} ${place} ${typeof node.value} ${JSON.stringify(node.value)} ${String(node.value)} ${node.opaque}`];
    case 'list':
      return [`list ${place} ${node.flow} ${node.partial}`, ...node.items.flatMap((it) => drawn(it, text))];
    case 'map':
      return [
        `map ${place} ${node.flow} ${node.partial}`,
        ...node.entries.flatMap((it) => [
          `key ${it.keyRange.start}-${it.keyRange.end} ${JSON.stringify(it.key)} ${it.keyOpaque}`,
          ...drawn(it.value, text),
        ]),
      ];
  }
}

function sharedDocuments(): readonly { readonly file: string; readonly text: string }[] {
  const documents: { file: string; text: string }[] = [];
  for (const folder of ['corpus', 'crds']) {
    const root = path.join(SHARED, folder);
    if (!existsSync(root)) continue;
    for (const name of readdirSync(root, { recursive: true, encoding: 'utf8' }).sort()) {
      if (!/\.(?:ya?ml|json|tpl)$/.test(name)) continue;
      const text = readFileSync(path.join(root, name), 'utf8');
      if (text.length < 3_000_000) for (const document of splitDocuments(text)) documents.push({ file: name, text: document.text });
    }
  }
  return documents;
}

function shuffled<T>(items: readonly T[], seed: number): readonly T[] {
  let state = seed;
  const random = () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
  return items
    .map((item) => ({ item, key: random() }))
    .sort((a, b) => a.key - b.key)
    .map((it) => it.item);
}
