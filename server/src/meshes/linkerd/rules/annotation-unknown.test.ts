import { expect, test } from 'vitest';
import { analyzeWithSchemas } from '../../../../../test/support/analyze.js';
import { check } from '../../../../../test/support/check.js';
import { annotationUnknown } from './annotation-unknown.js';

test('knows the names, those of former times too', () => {
  check(
    annotationUnknown,
    `
    kind: Namespace
    metadata: { name: shop, annotations: { config.linkerd.io/skip-inbound-port: "80", config.alpha.linkerd.io/proxy-enable-native-sidecar: "true", example.org/a: b } }
    #                                      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning linkerd/annotation-unknown 💡 "Linkerd knows no annotation "config.linkerd.io/skip-inbound-port" ("config.linkerd.io/skip-inbound-ports" exists). It has no effect."
    ---
    kind: Deployment
    metadata: { name: a, namespace: shop }
    spec: { template: { metadata: { annotations: { config.linkerd.io/nothing-like-it-at-all: x } } } }
    #                                              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning linkerd/annotation-unknown 💡 "Linkerd knows no annotation "config.linkerd.io/nothing-like-it-at-all". It has no effect."

  `,
  );
});

test('where nobody reads annotations, one word about them is enough', () => {
  const text = `
apiVersion: apps/v1
kind: Deployment
metadata: { name: a, namespace: shop, annotations: { config.linkerd.io/nothing: x } }
spec:
  selector: { matchLabels: { app: a } }
  template:
    metadata: { labels: { app: a } }
    spec: { containers: [{ name: a, image: example.org/a:1 }] }
`;
  const found = analyzeWithSchemas([{ uri: 'file:///a.yaml', text }], { world: 'open', mesh: 'linkerd' }).diagnostics;
  expect(found.map((it) => [it.rule, ...it.peers])).toEqual([['linkerd/inject-annotation-misplaced', 'linkerd/annotation-unknown']]);
});
