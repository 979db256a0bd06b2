import { defineRule } from '../../../rules/rule.js';
import type { YamlNode } from '../../../yaml/node.js';
import { partOf } from '../../../yaml/scalar-part.js';
import { complaintAboutRegex } from '../validation/regexes.js';
import { knownEntries, writtenText } from '../validation/values.js';

export const invalidRegex = defineRule({
  id: 'istio/invalid-regex',
  title: 'Regular expression that Envoy cannot read',
  severity: 'error',
  category: 'schema',
  peers: ['IST0106'],
  effect: 'The API server rejects it.',
  why: 'Regular expressions are those of RE2, which has no lookaround and no backreferences, and Istio takes at most 1024 bytes of them.',
  remedy: 'Write it in the syntax of RE2.',
  example: {
    bad: `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: www, namespace: shop }
spec:
  hosts: [www.example.com]
  http:
  - match:
    - uri: { regex: "/(?!admin).*" }
    redirect: { authority: shop.example.com }
`,
    good: `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: www, namespace: shop }
spec:
  hosts: [www.example.com]
  http:
  - match:
    - uri: { regex: "/[^a].*" }
    redirect: { authority: shop.example.com }
`,
  },

  mentions: ['regex', 'Regex', 'configPatches'],
  mentionsIn: { VirtualService: ['regex', 'Regex'] },
  kinds: ['VirtualService', 'EnvoyFilter'],
  reads: {},

  *check({ resource }) {
    for (const at of resource.kind === 'VirtualService' ? patternsOfRoutes(resource.root) : patternsOfPatches(resource.root)) {
      const pattern = writtenText(at);
      if (pattern === undefined) continue;
      if (pattern === '') yield { at, message: 'This regular expression is empty.' };
      const complaint = complaintAboutRegex(pattern);
      if (complaint === undefined) continue;
      yield { at: partOf(at, complaint.start, complaint.end), message: `RE2 cannot read this regular expression: ${complaint.what}.` };
    }
  },
});

function* patternsOfRoutes(root: YamlNode): Generator<YamlNode> {
  for (const match of root.list('spec.http.*.match.*')) {
    for (const field of ['uri', 'scheme', 'method', 'authority']) yield* match.list(`${field}.regex`);
    for (const field of ['headers', 'queryParams', 'withoutHeaders']) {
      for (const { value } of knownEntries(match.get(field))) {
        // In withoutHeaders a lone star asks for presence.
        if (!(field === 'withoutHeaders' && value.text('regex') === '*')) yield* value.list('regex');
      }
    }
  }
  yield* root.list('spec.http.*.corsPolicy.allowOrigins.*.regex');
  yield* root.list('spec.http.*.rewrite.uriRegexRewrite.match').filter((it) => it.text() !== '');
}

function* patternsOfPatches(root: YamlNode): Generator<YamlNode> {
  for (const match of root.list('spec.configPatches.*.match')) {
    if (match.text('context') !== 'WAYPOINT') yield* match.list('proxy.proxyVersion').filter((it) => it.text() !== '');
  }
}
