import type { SyntaxProblem } from '../yaml/document.js';
import type { RuleMeta } from './rule.js';

/** Meta of findings that no rule file yields: what the YAML reader says. Pages and severity settings treat them like rules. */
export const YAML_RULES: Readonly<Record<SyntaxProblem['code'], RuleMeta>> = {
  syntax: define('syntax', {
    title: 'YAML that cannot be read',
    remedy: 'Write it as the YAML specification wants it; usually a colon, a bracket or some indentation is missing.',
    bad: 'data:\n  hosts: [reviews\n',
    good: 'data:\n  hosts: "[reviews]"\n',
  }),
  'duplicate-key': define('duplicate-key', {
    title: 'The same key twice in one map',
    why: 'Of two values for one key the last one counts, and the other is lost without a word. Strict readers refuse the manifest.',
    remedy: 'Keep one of them.',
    bad: 'data:\n  replicas: "1"\n  replicas: "2"\n',
    good: 'data:\n  replicas: "2"\n',
  }),
  'tab-indent': define('tab-indent', {
    title: 'A tab in the indentation',
    remedy: 'Indent with spaces.',
    bad: 'data:\n\treplicas: "1"\n',
    good: 'data:\n  replicas: "1"\n',
  }),
  'conflict-marker': define('conflict-marker', {
    title: 'An unresolved merge conflict',
    remedy: 'Resolve the conflict and delete the marker lines.',
    bad: 'data:\n<<<<<<< ours\n  replicas: "1"\n=======\n  replicas: "2"\n>>>>>>> theirs\n',
    good: 'data:\n  replicas: "2"\n',
  }),
  'unknown-alias': define('unknown-alias', {
    title: 'An alias without an anchor',
    remedy: 'Define the anchor above the alias, in the same document.',
    bad: 'data:\n  replicas: *replicas\n',
    good: 'data:\n  minimum: &replicas "1"\n  replicas: *replicas\n',
  }),
  'too-many-aliases': define('too-many-aliases', {
    title: 'Aliases that multiply beyond reading',
    why: 'A few lines of aliases of aliases stand for millions of values. Readers refuse such a document, or run out of memory.',
    remedy: 'Write the values out.',
    bad: manyAliases(),
    good: 'data:\n  minimum: &replicas "1"\n  replicas: *replicas\n',
  }),
  'too-deep': define('too-deep', {
    title: 'Maps and lists nested more than 200 levels deep',
    why: 'No Kubernetes object is that deep, and readers stop somewhere. The document is not checked.',
    remedy: 'Split the value.',
    bad: `data: ${'['.repeat(201)}${']'.repeat(201)}\n`,
    good: 'data: {}\n',
  }),
  'unclosed-quote': define('unclosed-quote', {
    title: 'A quote that is never closed',
    remedy: 'Add the closing quote.',
    bad: 'data:\n  name: "cart\n',
    good: 'data:\n  name: "cart"\n',
  }),
};

interface Text {
  readonly title: string;
  readonly why?: string;
  readonly remedy: string;
  readonly bad: string;
  readonly good: string;
}

function define(code: string, { title, why, remedy, bad, good }: Text): RuleMeta {
  const head = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: example\n';
  return {
    id: `yaml/${code}`,
    title,
    severity: 'error',
    category: 'syntax',
    why: why ?? 'Nothing in such a document is applied: kubectl and GitOps controllers stop at it.',
    remedy,
    example: { bad: head + bad, good: head + good },
  };
}

function manyAliases(): string {
  const names = ['a', 'b', 'c', 'd', 'e', 'f'];
  const times = (text: string) => Array.from({ length: 10 }, () => text).join(', ');
  return names.map((name, i) => `${name}: &${name} [${times(i === 0 ? 'x' : `*${names[i - 1]!}`)}]\n`).join('');
}
