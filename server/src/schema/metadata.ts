import { isPlaceholder } from '../model/placeholders.js';
import type { YamlMap } from '../yaml/node.js';
import type { KindSchema } from './schemas.js';
import { shown } from './words.js';
import type { Report } from './validate.js';

const LABEL = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const SUBDOMAIN = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const QUALIFIED = /^[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$/;

/** Kinds whose names are single DNS labels, as they become part of host names. */
const LABEL_NAMES = new Set(['Namespace', 'Service']);

/** The API server judges names and labels in code of its own, beside the schema. */
export function checkName(
  metadata: YamlMap,
  { group, kind, namespaced }: Pick<KindSchema, 'group' | 'kind' | 'namespaced'>,
  report: Report,
): void {
  const name = metadata.get('name');
  const text = name?.text();
  if (name !== undefined && text !== undefined) {
    const isLabel = group === '' && LABEL_NAMES.has(kind);
    const most = isLabel ? 63 : 253;
    if (text === '') report({ code: 'metadata', message: `The name of a ${kind} cannot be empty.`, range: name });
    else if (text.length > most)
      report({ code: 'metadata', message: `A name has at most ${most} characters; this has ${text.length}.`, range: name });
    else if (!(isLabel ? LABEL : SUBDOMAIN).test(text) && !(group === 'rbac.authorization.k8s.io') && !isPlaceholder(text)) {
      const dots = isLabel ? '' : ', "."';
      report({
        code: 'metadata',
        message: `"${shown(text)}" is no name: it takes lower-case letters, digits, "-"${dots}, with a letter or digit at both ends.`,
        range: name,
      });
    }
  }
  const namespace = metadata.get('namespace');
  const namespaceText = namespace?.text();
  if (!namespaced) {
    const entry = metadata.entry('namespace');
    const isAbsent = namespaceText === '' || (namespaceText === undefined && !metadata.has('namespace'));
    if (entry === undefined || isAbsent) return;
    // A kustomization gives its namespace to every kind that it does not know, which harms nothing and is not this document's to mend.
    if (entry.keyRange.start < metadata.start || entry.keyRange.end > metadata.end) return;
    // It is cleared, not refused, so that it misleads whoever reads it and nothing else.
    report({
      code: 'metadata',
      message: `A ${kind} belongs to no namespace: it holds for the whole cluster.`,
      range: entry.keyRange,
      severity: 'info',
      effect: 'The API server drops the namespace.',
      remedies: [{ do: 'remove', key: 'namespace', at: entry.keyRange }],
    });
    return;
  }
  if (
    namespace !== undefined &&
    namespaceText !== undefined &&
    namespaceText !== '' &&
    !(LABEL.test(namespaceText) && namespaceText.length <= 63) &&
    !isPlaceholder(namespaceText)
  ) {
    report({
      code: 'metadata',
      message: `"${shown(namespaceText)}" is no namespace: it takes at most 63 lower-case letters, digits and "-".`,
      range: namespace,
    });
  }
}

/** Labels and annotations of an object, or of the pods it makes. */
export function checkLabels(metadata: YamlMap, report: Report): void {
  for (const field of ['labels', 'annotations'] as const) {
    for (const { key, keyRange, keyOpaque, value } of metadata.map(field)?.entries ?? []) {
      if (keyOpaque) continue;
      const complaint = isPlainKey(key) ? undefined : keyComplaint(key, field);
      if (complaint !== undefined) report({ code: 'metadata', message: complaint, range: keyRange });
      const text = value.text();
      if (field === 'annotations' || text === undefined || text === '') continue;
      if (text.length > 63)
        report({ code: 'metadata', message: `A label value has at most 63 characters; this has ${text.length}.`, range: value });
      else if (!QUALIFIED.test(text)) {
        report({
          code: 'metadata',
          message: `"${shown(text)}" is no label value: it takes letters, digits, "-", "_" and ".", with a letter or digit at both ends.`,
          range: value,
        });
      }
    }
  }
}

/** Whether a key is one of those that a workspace has again and again, and right. */
function isPlainKey(key: string): boolean {
  if (plainKeys.has(key)) return true;
  const isPlain = keyComplaint(key, 'labels') === undefined; // a right key of a label is one of an annotation too
  if (isPlain && plainKeys.size < PLAIN_KEYS_LIMIT) plainKeys.add(key);
  return isPlain;
}

const plainKeys = new Set<string>();
const PLAIN_KEYS_LIMIT = 1000;

function keyComplaint(key: string, field: 'labels' | 'annotations'): string | undefined {
  const noun = field === 'labels' ? 'label key' : 'annotation key';
  const slash = key.indexOf('/');
  const prefix = slash < 0 ? undefined : key.slice(0, slash);
  const name = key.slice(slash + 1);
  if (prefix !== undefined && !(prefix.length <= 253 && SUBDOMAIN.test(field === 'annotations' ? prefix.toLowerCase() : prefix))) {
    return `"${shown(key)}" is no ${noun}: what stands before "/" must be a domain name.`;
  }
  if (name.length > 63) return `"${shown(key)}" is no ${noun}: its name has more than 63 characters.`;
  if (!QUALIFIED.test(name))
    return `"${shown(key)}" is no ${noun}: it takes letters, digits, "-", "_" and ".", with a letter or digit at both ends.`;
  return undefined;
}
