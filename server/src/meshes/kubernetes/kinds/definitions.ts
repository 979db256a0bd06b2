import { defineKind } from '../../../model/kind.js';

/** Annotation that tells the release which a CRD of the Gateway API comes from. */
export const BUNDLE_VERSION = 'gateway.networking.k8s.io/bundle-version';

/** Of the many CRDs only those that rules look at are read. What they say of their kinds is schema/compact.ts's to know. */
export const customResourceDefinition = defineKind({
  group: 'apiextensions.k8s.io',
  kind: 'CustomResourceDefinition',
  versions: ['v1'],
  shortNames: ['crd'],
  namespaced: false,
  system: 'kubernetes',
  concerns: (text) => text.includes(BUNDLE_VERSION),
});
