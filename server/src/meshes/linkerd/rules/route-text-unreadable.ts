import { defineRule, type Problem } from '../../../rules/rule.js';
import { complaintOfRe2 } from '../../../schema/re2.js';
import type { YamlNode } from '../../../yaml/node.js';
import { partOf } from '../../../yaml/scalar-part.js';
import { isMeshInUse } from '../../kubernetes/lookups.js';
import { linkerdParents, REQUEST_ROUTES } from '../references.js';
import { POLICY_GROUP } from '../tables.js';

export const routeTextUnreadable = defineRule({
  id: 'linkerd/route-text-unreadable',
  title: 'Regular expression or header value that Linkerd cannot read',
  severity: 'error',
  category: 'schema',
  effect: 'The webhook rejects it.',
  why: 'Linkerd reads regular expressions of paths, headers and query parameters as its proxy will, in the syntax of Rust: without look-around, back-references and atomic groups. Values of headers are one line of text. A route with anything else is not let in.',
  remedy: 'Write an expression that does without, or an exact value or prefix.',
  replaces: ['gateway-api/unreadable-regex'],
  example: {
    bad: `
apiVersion: policy.linkerd.io/v1beta3
kind: HTTPRoute
metadata: { name: cart, namespace: shop }
spec:
  parentRefs: [{ group: core, kind: Service, name: cart, port: 80 }]
  rules: [{ matches: [{ path: { type: RegularExpression, value: "/(?!admin).*" } }] }]
`,
    good: `
apiVersion: policy.linkerd.io/v1beta3
kind: HTTPRoute
metadata: { name: cart, namespace: shop }
spec:
  parentRefs: [{ group: core, kind: Service, name: cart, port: 80 }]
  rules: [{ matches: [{ path: { type: RegularExpression, value: "/[^a].*" } }] }]
`,
  },

  kinds: REQUEST_ROUTES,
  reads: { isMeshInUse },

  *check({ resource, read }) {
    const { root, group } = resource;
    const problems = [
      ...root.list('spec.rules.*.matches.*.path').flatMap(expressionProblem),
      ...root.list('spec.rules.*.matches.*.queryParams.*').flatMap(expressionProblem),
      ...root
        .list('spec.rules.*.matches.*.headers.*')
        .flatMap((it) => (isExpression(it) ? expressionProblem(it) : headerProblem(it.get('value')))),
      ...HEADER_VALUES.flatMap((path) => root.list(path)).flatMap(headerProblem),
    ];
    if (problems.length === 0) return;
    if (group === POLICY_GROUP || linkerdParents(resource, () => read.isMeshInUse('linkerd')).length > 0) yield* problems;
  },
});

const HEADER_VALUES = ['spec.rules.*', 'spec.rules.*.backendRefs.*'].flatMap((holder) =>
  ['requestHeaderModifier', 'responseHeaderModifier'].flatMap((filter) =>
    ['set', 'add'].map((list) => `${holder}.filters.*.${filter}.${list}.*.value`),
  ),
);

/** What RE2 refuses and Rust takes, or takes in another form. */
const LIBERTIES = /possessive|cannot be repeated|no such (flag|class)|at most 1000|it has no \\|too complex/;

function isExpression(match: YamlNode): boolean {
  return match.text('type') === 'RegularExpression';
}

function expressionProblem(match: YamlNode): readonly Problem[] {
  const node = isExpression(match) ? match.get('value') : undefined;
  const complaint = complaintOfRe2(node?.text() ?? '');
  if (node === undefined || complaint === undefined || LIBERTIES.test(complaint.what)) return [];
  return [{ at: partOf(node, complaint.start, complaint.end), message: `Linkerd cannot read this regular expression: ${complaint.what}.` }];
}

function headerProblem(value: YamlNode | undefined): readonly Problem[] {
  const isOneLine = [...(value?.text() ?? '')].every((it) => it === '\t' || (it >= ' ' && it !== '\u007f'));
  return value === undefined || isOneLine ? [] : [{ at: value, message: 'The value of a header is one line of text.' }];
}
