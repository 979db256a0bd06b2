import { defineRule } from '../../../rules/rule.js';
import { INJECT, INJECT_VALUES, isUnknownValue } from '../injection.js';
import { CONFIGURED_KINDS, sitesRead } from '../pod-annotations.js';
import { changeFixes, choiceOf } from '../suggestions.js';

const SPELLINGS: Readonly<Record<string, string>> = {
  true: 'enabled',
  yes: 'enabled',
  on: 'enabled',
  enable: 'enabled',
  false: 'disabled',
  no: 'disabled',
  off: 'disabled',
  disable: 'disabled',
};

export const injectInvalidValue = defineRule({
  id: 'linkerd/inject-invalid-value',
  title: 'Injection annotation with a value that turns it off',
  severity: 'error',
  category: 'semantics',
  effect: 'Pods get no proxy.',
  why: 'The injector knows enabled, disabled and ingress, in lower case. Any other word turns injection off, "true" too: pods run without a proxy, and so without mTLS and policies.',
  remedy: 'Write enabled, disabled or ingress.',
  example: {
    bad: `
apiVersion: v1
kind: Namespace
metadata: { name: shop, annotations: { linkerd.io/inject: "true" } }
`,
    good: `
apiVersion: v1
kind: Namespace
metadata: { name: shop, annotations: { linkerd.io/inject: enabled } }
`,
  },

  kinds: CONFIGURED_KINDS,
  reads: {},

  *check({ resource }) {
    for (const { value } of sitesRead(resource, (name) => name === INJECT)) {
      const written = value.text();
      if (written === undefined || !isUnknownValue(written)) continue;
      yield {
        at: value,
        message: `"${written}" is no value of ${INJECT}; use enabled, disabled or ingress.`,
        data: choiceOf(written, INJECT_VALUES, SPELLINGS),
      };
    }
  },

  fix: ({ resource, problem, text }) => changeFixes(resource.root, problem, text),
});
