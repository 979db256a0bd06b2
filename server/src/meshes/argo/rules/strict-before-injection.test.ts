import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { strictBeforeInjection } from './strict-before-injection.js';

test('reports STRICT in an earlier wave than the label that brings proxies', () => {
  check(
    strictBeforeInjection,
    `
    kind: Namespace
    metadata: { name: shop, labels: { istio-injection: enabled }, annotations: { argocd.argoproj.io/sync-wave: "1" } }
    ---
    kind: PeerAuthentication
    metadata: { name: default, namespace: shop }
    spec:
      mtls:
        mode: STRICT
    #         ^^^^^^ warning argo/strict-before-injection
    ---
    kind: PeerAuthentication
    metadata: { name: later, namespace: shop, annotations: { argocd.argoproj.io/sync-wave: "1" } }
    spec: { mtls: { mode: STRICT } }
    ---
    kind: PeerAuthentication
    metadata: { name: default, namespace: plain }
    spec: { mtls: { mode: STRICT } }
    ---
    kind: Namespace
    metadata: { name: plain, annotations: { argocd.argoproj.io/sync-wave: "1" } }
    `,
  );
});
