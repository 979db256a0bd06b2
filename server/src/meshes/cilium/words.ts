import { listed } from '../kubernetes/editor.js';
import { saysSomething } from './coverage.js';
import type { Direction } from './policy.js';
import { selectorWords } from './selectors.js';
import type { DirectionFacts, EntryFacts, PeerFacts, PortFacts } from './tables.js';

/** `app=cart on 8080/TCP (http)`: whom an item of a policy is about, and on which ports. */
export function entryWords(entry: EntryFacts, direction: Direction): string {
  const peers = entry.peers === undefined ? 'anybody' : peerWords(entry.peers);
  const auth = entry.authentication === 'required' ? ', authenticated' : '';
  if (entry.hasIcmp) return `${peers} by ICMP${auth}`;
  if (entry.ports === undefined) return peers + auth;
  return `${peers} ${direction === 'ingress' ? 'on' : 'at'} ${listed(entry.ports.map(portWords))}${auth}`;
}

function peerWords({ field, texts, selectors }: PeerFacts): string {
  if (selectors.length > 0) return selectors.map(selectorWords).join(' or ');
  if (texts.length === 0) return 'nobody';
  if (field === 'toServices') return `${texts.length === 1 ? 'a Service' : `${texts.length} Services`}`;
  if (field.endsWith('Nodes')) return 'nodes';
  if (field.endsWith('Groups')) return 'groups of a cloud';
  return listed(texts.map((it) => (it.startsWith('{') ? 'a group of ranges' : it)));
}

function portWords({ ports, l7, serverNames }: PortFacts): string {
  const numbers = ports.map(({ port, endPort, protocol }) => {
    const number = port === '0' ? 'every port' : endPort === undefined || endPort === 0 ? port : `${port}-${endPort}`;
    return protocol === 'ANY' ? number : `${number}/${protocol}`;
  });
  const what = [...l7, ...(serverNames.length === 0 ? [] : [`TLS to ${listed(serverNames)}`])];
  return (numbers.length === 0 ? 'every port' : listed(numbers)) + (what.length === 0 ? '' : ` (${what.join(', ')})`);
}

/** `default deny; allowed: app=cart on 8080/TCP; denied: world`. */
export function directionWords(facts: readonly DirectionFacts[], direction: Direction): string {
  const allow = facts.flatMap((it) => it.allow.filter(saysSomething)).map((it) => entryWords(it, direction));
  const deny = facts.flatMap((it) => it.deny).map((it) => entryWords(it, direction));
  const parts: string[] = [];
  if (deny.length > 0) parts.push(`denied: ${listed([...new Set(deny)])}`);
  if (facts.some((it) => it.isDefaultDeny)) {
    parts.push(`default deny; ${allow.length === 0 ? 'nothing is allowed' : `allowed: ${listed([...new Set(allow)])}`}`);
  } else parts.push(facts.length === 0 ? 'open: no policy is about it' : 'the rest is open');
  return parts.join('; ');
}
