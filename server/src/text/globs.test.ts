import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { glob, ignoreRules, isIgnored } from './globs.js';

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
