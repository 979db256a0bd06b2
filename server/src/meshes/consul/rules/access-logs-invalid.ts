import type { Resource } from '../../../model/resource.js';
import { defineRule } from '../../../rules/rule.js';
import type { YamlMap } from '../../../yaml/node.js';
import { changeToNear, type Finding, holds, keyOf, lacks, unknownValue } from '../fields.js';
import { REFUSED } from '../names.js';

export const accessLogsInvalid = defineRule({
  id: 'consul/access-logs-invalid',
  title: 'Access logs that contradict themselves',
  severity: 'error',
  category: 'schema',
  effect: REFUSED,
  why: 'Logs go to stdout, stderr or a file. A path belongs to a file and a file needs one; the format is given once, as JSON or as text.',
  remedy: 'Give a file a path and nothing else one, and choose one format.',
  example: {
    bad: `
apiVersion: consul.hashicorp.com/v1alpha1
kind: ProxyDefaults
metadata: { name: global, namespace: consul }
spec:
  accessLogs: { enabled: true, type: file }
`,
    good: `
apiVersion: consul.hashicorp.com/v1alpha1
kind: ProxyDefaults
metadata: { name: global, namespace: consul }
spec:
  accessLogs: { enabled: true, type: file, path: /var/log/access.log }
`,
  },

  kinds: ['ProxyDefaults'],
  reads: {},

  *check({ resource }) {
    const logs = resource.root.map('spec.accessLogs');
    if (logs === undefined) return;
    for (const it of faults(resource, logs)) {
      yield it;
      return; // the webhook stops at the first one, too
    }
  },

  fix: changeToNear,
});

function* faults(resource: Resource, logs: YamlMap): Iterable<Finding> {
  yield* unknownValue(logs.get('type'), ['stdout', 'stderr', 'file'], 'place for access logs');
  const type = logs.has('type') ? logs.text('type') : '';
  if (type === 'file' && lacks(resource, logs, 'path')) yield { at: keyOf(logs, 'type'), message: 'Access logs to a file need a "path".' };
  if (type !== undefined && type !== 'file' && holds(logs, 'path'))
    yield { at: keyOf(logs, 'path'), message: 'A "path" is for access logs of type file only.' };
  if (holds(logs, 'jsonFormat') && holds(logs, 'textFormat'))
    yield { at: keyOf(logs, 'textFormat'), message: 'Access logs take one of "jsonFormat" and "textFormat".' };
  const format = logs.get('jsonFormat');
  const written = format?.text();
  if (format && written !== undefined && written !== '' && !isJson(written))
    yield { at: keyOf(logs, 'jsonFormat'), message: 'This "jsonFormat" is no JSON.' };
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false; // that it cannot be read is the answer
  }
}
