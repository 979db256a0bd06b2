import { describe, expect, test } from 'vitest';
import { defineRule } from '../../server/src/rules/rule.js';
import { services } from '../../server/src/meshes/kubernetes/tables.js';
import { check, checkFix, fixTitles } from './check.js';
import { cursor, parseFixture } from './fixture.js';

/** A rule for these tests: no Service may be called "cart". */
const cart = defineRule({
  id: 'kubernetes/cart',
  title: 'A Service is called "cart"',
  severity: 'warning',
  category: 'style',
  effect: 'Nothing happens.',
  why: 'It is a rule for tests.',
  remedy: 'Change the name.',
  example: { bad: '', good: '' },
  kinds: ['Service'],
  reads: { services },
  *check({ resource }) {
    if (resource.name === 'cart') yield { at: resource.root.get('metadata.name')!, message: 'This Service is called "cart".' };
  },
  fix({ problem }) {
    return [
      { title: 'Change to "basket"', preferred: true, edits: [{ range: problem.at, text: 'basket' }] },
      { title: 'Change to "trolley"', edits: [{ range: problem.at, text: 'trolley' }] },
    ];
  },
});

const broken = (replaced: Partial<typeof cart>) => ({ ...cart, ...replaced });

/** What a failing check shows: the fixture as written, then as found. */
function pictures(rule: typeof cart, yaml: string): string {
  try {
    check(rule, yaml);
  } catch (error) {
    const { expected, actual } = error as { expected?: string; actual?: string };
    return `${expected}\n${actual}`;
  }
  throw new Error('nothing was complained about');
}

test('fills in the apiVersion without moving columns or marks', () => {
  const [file] = parseFixture(`
    # a comment
    kind: Service
    metadata:
      name: cart
    #       ^^^^ error istio/x
    ---
    apiVersion: v1
    kind: Service
  `).files;
  expect(file!.text).toBe(
    '# a comment\nkind: Service\napiVersion: v1 # filled in by the fixture\nmetadata:\n  name: cart\n---\napiVersion: v1\nkind: Service\n',
  );
  expect(file!.marks).toEqual([
    { line: 3, columns: { start: 8, end: 12 }, severity: 'error', rule: 'istio/x', fix: false, message: undefined },
  ]);
  expect([0, 1, 2, 3, 4, 5, 6, 7].map(file!.lineOf)).toEqual([0, 1, 1, 2, 3, 4, 5, 6]);
});

test('several files and a cursor', () => {
  const { files, uri, offset } = cursor(`
    # file: a.yaml
    a: 1
    # file: b/c.yaml
    b: x$0y
  `);
  expect(files.map((file) => [file.path, file.text])).toEqual([
    ['a.yaml', 'a: 1\n'],
    ['b/c.yaml', 'b: xy\n'],
  ]);
  expect([uri, offset]).toEqual([files[1]!.uri, 4]);
});

describe('check', () => {
  test('is content when each mark is met and nothing else is said', () => {
    check(
      cart,
      `
      kind: Service
      metadata:
        name: cart
      #       ^^^^ warning kubernetes/cart 💡 "This Service is called "cart"."
      ---
      kind: Service
      metadata: { name: basket }
    `,
    );
    check(
      cart,
      `
      # file: one.yaml
      kind: Service
      metadata: { name: cart }
      #<  warning kubernetes/cart
      # file: two.yaml
      kind: Service
      metadata: { name: basket }
    `,
    );
  });

  test('complains about what is missing, what is extra, and what is elsewhere or other than the mark says', () => {
    const yaml = (mark: string) => `
      kind: Service
      metadata:
        name: cart
      ${mark}
    `;
    const mark = '#       ^^^^ warning kubernetes/cart';
    expect(pictures(cart, yaml(''))).toMatch(
      /name: cart\n\n.*name: cart\n# {7}\^{4} warning kubernetes\/cart 💡 "This Service is called "cart". Nothing happens."/s,
    );
    expect(pictures(cart, yaml('#       ^^^^ error kubernetes/cart'))).toContain(mark);
    expect(pictures(cart, yaml('#       ^^^ warning kubernetes/cart'))).toContain(mark);
    expect(pictures(cart, yaml(`${mark} "Nothing happens."`))).toContain(`${mark} 💡 "This Service`);
    expect(pictures(broken({ fix: undefined }), yaml(`${mark} 💡`))).toContain(mark);
    expect(pictures(cart, yaml(`${mark}\n      ${mark}`))).toContain(mark);
    expect(() => check(cart, yaml('#       ^^^^ kubernetes/cart'))).toThrow('this mark is not');
  });

  test('catches rules that break a promise', () => {
    const yaml = `
      kind: Service
      metadata:
        name: cart
      #       ^^^^ warning kubernetes/cart
    `;
    let runs = 0;
    const moody = broken({
      *check(context) {
        if (runs++ === 0) yield* cart.check(context);
      },
    });
    expect(() => check(moody, yaml)).toThrow('findings differ');
    const throws = broken({
      // eslint-disable-next-line require-yield
      *check() {
        throw new Error('a bug');
      },
    });
    expect(() => check(throws, yaml)).toThrow('rules that threw');
    expect(() => check(broken({ fix: () => [{ title: 'Do nothing', edits: [] }] }), yaml)).toThrow('leaves its problem');
  });
});

test('checkFix compares the files after the fix, and names what is offered instead', () => {
  const yaml = `
    kind: Service
    metadata:
      name: ca$0rt
  `;
  checkFix(cart, yaml, 'Change to "basket"', 'kind: Service\nmetadata:\n  name: basket\n');
  expect(() => checkFix(cart, yaml, 'Change to "basket"', 'kind: Service\nmetadata:\n  name: cart\n')).toThrow();
  expect(() => checkFix(cart, yaml, 'Change to "sack"', '')).toThrow('Change to "trolley"');
  expect(fixTitles(cart, yaml)).toEqual(['★ Change to "basket"', 'Change to "trolley"']);
});
