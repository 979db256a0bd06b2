import type { RuleMeta } from './rule.js';

/** Meta of findings that no rule file yields: what the YAML reader says. Pages and severity settings treat them like rules. */
export const YAML_RULES: Readonly<Record<string, RuleMeta>> = Object.fromEntries(
  (
    [
      ['syntax', 'YAML that cannot be read', 'Write it as the YAML specification wants it; usually a colon, a quote or some indentation is missing.', 'spec:\n  hosts: [reviews\n', 'spec:\n  hosts: [reviews]\n'],
      ['duplicate-key', 'The same key twice in one map', 'Keep one of them. Strict API servers refuse the manifest, others silently take the last.', 'spec:\n  hosts: [a]\n  hosts: [b]\n', 'spec:\n  hosts: [a, b]\n'],
      ['tab-indent', 'A tab in the indentation', 'Indent with blanks.', 'spec:\n\thosts: [a]\n', 'spec:\n  hosts: [a]\n'],
      ['conflict-marker', 'An unresolved merge conflict', 'Resolve the conflict and delete the marker lines.', '<<<<<<< ours\nspec: {}\n', 'spec: {}\n'],
      ['unknown-alias', 'An alias without an anchor', 'Define the anchor above the alias, in the same document.', 'spec: *missing\n', 'spec: &base {}\n'],
      ['too-many-aliases', 'Aliases that expand without end', 'Write the values out; nobody reads a manifest that multiplies itself.', 'a: &a [*a]\n', 'a: [1]\n'],
      ['too-deep', 'Maps and lists nested more than 200 levels deep', 'Split the value; no Kubernetes object is that deep.', '[[[[\n', '[]\n'],
      ['unclosed-quote', 'A quote that is never closed', 'Add the closing quote.', 'name: "cart\n', 'name: "cart"\n'],
    ] as const
  ).map(([code, title, remedy, bad, good]) => [
    code,
    {
      id: `yaml/${code}`,
      title,
      severity: 'error',
      category: 'syntax',
      why: 'kubectl and GitOps controllers stop at such a document, and nothing in it is applied.',
      remedy,
      example: { bad, good },
    } satisfies RuleMeta,
  ]),
);
