import { defineRule } from '../../../rules/rule.js';
import { shown } from '../../../schema/words.js';
import { insertEntry } from '../../../yaml/edit.js';
import { mapAt, valueOf } from '../fields.js';
import { REFUSED } from '../names.js';

export const envoyExtensionArguments = defineRule({
  id: 'consul/envoy-extension-arguments',
  title: 'Extension of Envoy without arguments',
  severity: 'error',
  category: 'schema',
  effect: REFUSED,
  why: 'Every extension takes a map of arguments, an empty one at least.',
  remedy: 'Write the arguments of the extension.',
  example: {
    bad: `
apiVersion: consul.hashicorp.com/v1alpha1
kind: ServiceDefaults
metadata: { name: web, namespace: shop }
spec:
  envoyExtensions:
  - { name: builtin/lua }
`,
    good: `
apiVersion: consul.hashicorp.com/v1alpha1
kind: ServiceDefaults
metadata: { name: web, namespace: shop }
spec:
  envoyExtensions:
  - name: builtin/lua
    arguments: { proxyType: connect-proxy, listener: inbound, script: '-- nothing' }
`,
  },

  kinds: ['ServiceDefaults', 'ProxyDefaults'],
  reads: {},

  *check({ resource }) {
    for (const extension of resource.root.list('spec.envoyExtensions.*')) {
      if (extension.type !== 'map' || extension.partial || resource.partial || extension.has('arguments')) continue;
      const name = extension.text('name');
      yield {
        at: valueOf(extension, 'name'),
        message: `Extension${name === undefined ? '' : ` "${shown(name)}"`} has no arguments.`,
      };
    }
  },

  fix({ resource, problem, text }) {
    const map = mapAt(resource, problem.at);
    return map === undefined ? [] : [{ title: 'Insert "arguments"', edits: [insertEntry(text, map, 'arguments', '{}')] }];
  },
});
