import type { Rule, RuleMeta } from './rule.js';
import { UNUSED_IGNORE } from './suppressions.js';

/** The page of a rule in Markdown: what it finds, why that matters, what to do. The same in docs, CLI and editor. */
export function rulePage(rule: RuleMeta & Partial<Pick<Rule, 'fix'>>): string {
  const facts = [rule.severity, rule.category, ...(rule.offByDefault ? ['off by default'] : []), ...(rule.fix ? ['has fixes'] : [])];
  if (rule.peers && rule.peers.length > 0) facts.push(rule.peers.map(peerName).join(', '));
  const sections = [
    `# ${rule.id}`,
    facts.join(' · '),
    `${sentence(rule.title)} ${rule.why}`,
    `## Wrong\n\n${yamlBlock(rule.example.bad)}`,
    `## Right\n\n${yamlBlock(rule.example.good)}`,
    `## How sure\n\n${howSure(rule)}`,
    `## What to do\n\n${rule.remedy}`,
    `## Silence it\n\n${silence(rule)}`,
    ...(rule.otherTools === undefined ? [] : [`## Other tools\n\n${rule.otherTools}`]),
  ];
  return `${sections.join('\n\n')}\n`;
}

function silence({ id }: RuleMeta): string {
  const everywhere = `In \`.meshwright.yaml\`, in the whole repository:\n\n${yamlBlock(`rules:\n  ${id}: off`)}`;
  // Of a comment that silences nothing nobody writes another one.
  if (id === UNUSED_IGNORE.id) return everywhere;
  const byComment = 'By a comment above the line, or behind it; `-document` and `-file` (as in `meshwright-ignore-file`) widen it:';
  return `${byComment}\n\n${yamlBlock(`# meshwright-ignore ${id}: reason`)}\n\n${everywhere}`;
}

/** Rules that a name means: the one with this id, or those that report under this code of another tool. */
export function rulesNamed<T extends RuleMeta>(rules: readonly T[], name: string): readonly T[] {
  const byId = rules.filter((it) => it.id === name);
  if (byId.length > 0) return byId;
  return rules.filter((it) => it.peers?.some((peer) => peer === name || peer.split(':')[0] === name));
}

function howSure({ severity, category, unseen }: RuleMeta): string {
  if (unseen === undefined && category !== 'reference')
    return `${capital(severity)}, in an open world as in a closed one: the files at hand show it.`;
  const elsewhere = unseen === undefined || unseen === 'off' ? 'nothing' : `a problem of severity ${unseen}`;
  return [
    `${capital(severity)} where the files at hand show it, and in a closed world (\`world: closed\`).`,
    `In an open world a warning at most for a near miss and for what the workspace would show; ${elsewhere} where it may exist elsewhere.`,
  ].join(' ');
}

/** `IST0101:host` reads `IST0101 (host)`. */
function peerName(peer: string): string {
  const colon = peer.indexOf(':');
  return colon < 0 ? peer : `${peer.slice(0, colon)} (${peer.slice(colon + 1)})`;
}

function yamlBlock(text: string): string {
  return `\`\`\`yaml\n${text.replace(/^\n+|\s+$/g, '')}\n\`\`\``;
}

function sentence(title: string): string {
  return /[.!?]$/.test(title) ? title : `${title}.`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
