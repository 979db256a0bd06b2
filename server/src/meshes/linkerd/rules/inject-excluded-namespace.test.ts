import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { injectExcludedNamespace } from './inject-excluded-namespace.js';

test('knows namespaces that the injector leaves alone', () => {
  check(
    injectExcludedNamespace,
    `
    kind: Namespace
    metadata: { name: kube-system, annotations: { linkerd.io/inject: enabled } }
    #                                                                ^^^^^^^ warning linkerd/inject-excluded-namespace "The injector leaves pods of "kube-system" alone. Pods get no proxy. Take the annotation out, or the label that turns the webhooks off."
    ---
    kind: Pod
    metadata: { name: a, namespace: cert-manager, annotations: { linkerd.io/inject: ingress } }
    #                                                                               ^^^^^^^ warning linkerd/inject-excluded-namespace "The injector leaves pods of "cert-manager" alone. Pods get no proxy. Take the annotation out, or the label that turns the webhooks off."
    ---
    kind: Pod
    metadata: { name: b, namespace: cert-manager, annotations: { linkerd.io/inject: disabled } }
    ---
    kind: Namespace
    metadata: { name: quiet, labels: { config.linkerd.io/admission-webhooks: disabled } }
    ---
    kind: Pod
    metadata: { name: c, namespace: quiet, annotations: { linkerd.io/inject: enabled } }
    #                                                                        ^^^^^^^ warning linkerd/inject-excluded-namespace "The label config.linkerd.io/admission-webhooks: disabled keeps the injector away from "quiet". Pods get no proxy. Take the annotation out, or the label that turns the webhooks off."
    ---
    kind: Namespace
    metadata: { name: kube-public, annotations: { linkerd.io/inject: enabled } }

  `,
  );
});
