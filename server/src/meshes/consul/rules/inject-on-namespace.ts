import { defineRule } from '../../../rules/rule.js';
import { insertEntry, removeEntry } from '../../../yaml/edit.js';
import { annotationSites, labelSites } from '../annotation-sites.js';
import { DNS, INJECT, TRANSPARENT } from '../annotations.js';

export const injectOnNamespace = defineRule({
  id: 'consul/inject-on-namespace',
  title: 'Injection asked for on a Namespace',
  severity: 'warning',
  category: 'semantics',
  effect: 'It has no effect here.',
  why: 'Consul injects pods by their own annotation, never by their Namespace. Two defaults can be set there, for transparent proxies and for DNS, and these are labels.',
  remedy: 'Write the annotation on the pods, and the defaults as labels.',
  example: {
    bad: `
apiVersion: v1
kind: Namespace
metadata:
  name: shop
  annotations: { consul.hashicorp.com/connect-inject: 'true' }
`,
    good: `
apiVersion: v1
kind: Namespace
metadata:
  name: shop
  labels: { consul.hashicorp.com/transparent-proxy: 'true' }
`,
  },

  kinds: ['Namespace'],
  reads: {},

  *check({ resource }) {
    for (const { name, keyRange } of labelSites(resource))
      if (name === INJECT) yield { at: keyRange, message: 'A Namespace does not turn injection on; its pods do, each with an annotation.' };
    for (const { name, keyRange } of annotationSites(resource)) {
      if (name === INJECT) yield { at: keyRange, message: 'A Namespace does not turn injection on; its pods do, each with an annotation.' };
      if (name === TRANSPARENT || name === DNS)
        yield { at: keyRange, message: `"${name}" is a label on a Namespace, not an annotation.`, data: name };
    }
  },

  fix({ resource, problem, text }) {
    if (typeof problem.data !== 'string') return [];
    const annotations = resource.root.map('metadata.annotations');
    const metadata = resource.root.map('metadata');
    const labels = metadata?.map('labels');
    const value = annotations?.entry(problem.data)?.value.text();
    const removal = annotations && removeEntry(text, annotations, problem.data);
    if (!metadata || !removal || value === undefined || labels?.entry(problem.data)) return [];
    const quoted = `'${value}'`;
    const insertion = labels
      ? insertEntry(text, labels, problem.data, quoted)
      : insertEntry(text, metadata, 'labels', `${problem.data}: ${quoted}`);
    return [{ title: 'Make it a label', preferred: true, edits: [removal, insertion] }];
  },
});
