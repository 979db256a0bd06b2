import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { glob, helmIgnoreRules, ignoreRules, isHelmIgnored, isIgnored } from './globs.js';

describe('globs', () => {
  const cases: [pattern: string, matches: string[], others: string[]][] = [
    ['**/testdata/**', ['testdata', 'testdata/a.yaml', 'k8s/testdata/b/c.yaml'], ['testdata2/a.yaml', 'k8s/a.yaml']],
    ['sandbox/**', ['sandbox', 'sandbox/a/b.yaml'], ['k8s/sandbox/a.yaml']],
    ['*.yaml', ['a.yaml'], ['k8s/a.yaml', 'a.yml']],
    ['**/*.{yaml,yml}', ['a.yaml', 'k8s/a.yml'], ['a.json']],
    [
      'clusters/{prod-eu,prod-us}/**/secret-?.yaml',
      ['clusters/prod-eu/secret-1.yaml', 'clusters/prod-us/x/y/secret-2.yaml'],
      ['clusters/dev/secret-1.yaml', 'clusters/prod-eu/secret-10.yaml'],
    ],
    ['k8s/[a-c]*.yaml', ['k8s/b.yaml', 'k8s/cart.yaml'], ['k8s/d.yaml']],
    ['k8s/[!a-c]*.yaml', ['k8s/d.yaml'], ['k8s/b.yaml']],
    ['./k8s/', ['k8s'], ['x/k8s']],
    ['a.b', ['a.b'], ['aXb']],
  ];
  test.each(cases)('%s', (pattern, matches, others) => {
    expect([...matches, ...others].filter(glob(pattern))).toEqual(matches);
  });

  test('no text is so odd that it throws', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[\][!^a\\{},*?/ -]*$/), fc.string(), (pattern, path) => {
        glob(pattern)(path);
        isIgnored(ignoreRules(pattern), path, false);
        isHelmIgnored(helmIgnoreRules(pattern), path);
      }),
    );
  });
});

describe('.gitignore', () => {
  const ignored = (lines: string, ...paths: string[]): string[] => {
    const rules = ignoreRules(lines);
    return paths.filter((path) => isIgnored(rules, path.replace(/\/$/, ''), path.endsWith('/')) === true);
  };

  test('a name matches at every depth, a path only from its own folder', () => {
    expect(ignored('out\n/dist\ndocs/api', 'out', 'a/out', 'dist', 'a/dist', 'docs/api', 'a/docs/api')).toEqual([
      'out',
      'a/out',
      'dist',
      'docs/api',
    ]);
  });

  test('a slash at the end means folders', () => {
    expect(ignored('build/', 'build/', 'a/build/', 'build')).toEqual(['build/', 'a/build/']);
  });

  test('the last matching line decides', () => {
    expect(ignored('*.yaml\n!keep.yaml', 'a.yaml', 'keep.yaml', 'x/keep.yaml')).toEqual(['a.yaml']);
  });

  test('stars stay within a part of the path, two stars span parts', () => {
    expect(ignored('a/*/c\nd/**/e\nf/**', 'a/b/c', 'a/b/b/c', 'd/e', 'd/x/y/e', 'f/x/y', 'f')).toEqual([
      'a/b/c',
      'd/e',
      'd/x/y/e',
      'f/x/y',
    ]);
  });

  test('comments, blanks and escapes', () => {
    expect(ignored('# note\n\n\\#odd  \nend\\ \n\\!bang\r\n', '# note', '#odd', 'end ', 'end', '!bang')).toEqual(['#odd', 'end ', '!bang']);
  });
});

describe('.helmignore', () => {
  const cases: [text: string, ignored: string[], kept: string[]][] = [
    ['# templates/a.yaml\n\n  *.bak.yaml  ', ['templates/a.bak.yaml', 'templates/b/c.bak.yaml'], ['templates/a.yaml']],
    ['templates/a.yaml', ['templates/a.yaml'], ['templates/b/a.yaml', 'charts/x/templates/a.yaml']],
    ['/templates/*.yaml', ['templates/a.yaml'], ['templates/b/a.yaml', 'templates/a.yml']],
    ['tests/', ['templates/tests/a.yaml', 'templates/tests/b/c.yaml'], ['templates/tests']],
    ['templates/tests', ['templates/tests/a.yaml'], ['templates/a.yaml']],
    ['[ab]?.yaml', ['templates/a1.yaml'], ['templates/c1.yaml', 'templates/a.yaml']],
    ['{a,b}.yaml', ['templates/{a,b}.yaml'], ['templates/a.yaml']],
    ['templates/**/a.yaml', [], ['templates/b/a.yaml', 'templates/a.yaml']],
    ['', ['templates/.a.yaml'], ['templates/a.yaml']],
    // Without its Chart.yaml there is no chart that rules could be for.
    ['*.md\n!templates/a.yaml', [], ['templates/a.yaml', 'templates/b.yaml']],
    ['![Ctav]*', ['templates/b.yaml'], ['templates/a.yaml', 'values.yaml']],
  ];
  test.each(cases)('%j', (text, ignored, kept) => {
    const rules = helmIgnoreRules(text);
    expect([...ignored, ...kept].filter((it) => isHelmIgnored(rules, it))).toEqual(ignored);
  });
});
