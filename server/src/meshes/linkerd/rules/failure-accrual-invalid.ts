import { defineRule, type Problem } from '../../../rules/rule.js';
import { annotationSitesIn, type AnnotationSite } from '../../kubernetes/annotation-sites.js';
import { annotationFacts, complaintAbout } from '../annotations.js';
import { parseLinkerdDuration, repairedDuration } from '../durations.js';
import { changeFixes, choiceOf } from '../suggestions.js';

const MODE = 'balancer.linkerd.io/failure-accrual';
const MODES: readonly string[] = ['consecutive', 'unified'];
const CONSECUTIVE = `${MODE}-consecutive-`;
const UNIFIED = 'balancer.alpha.linkerd.io/failure-accrual-success-rate-';

export const failureAccrualInvalid = defineRule({
  id: 'linkerd/failure-accrual-invalid',
  title: 'Circuit breaker that Linkerd cannot read',
  severity: 'warning',
  category: 'semantics',
  effect: 'There is no circuit breaker.',
  why: 'One value that cannot be read drops the whole circuit breaker, and nothing says so: pods that fail go on getting their share of the requests.',
  remedy: 'Write the value as Linkerd reads it.',
  example: {
    bad: `
apiVersion: v1
kind: Service
metadata: { name: cart, namespace: shop, annotations: { balancer.linkerd.io/failure-accrual: "true" } }
spec: { ports: [{ name: http, port: 80 }] }
`,
    good: `
apiVersion: v1
kind: Service
metadata: { name: cart, namespace: shop, annotations: { balancer.linkerd.io/failure-accrual: consecutive } }
spec: { ports: [{ name: http, port: 80 }] }
`,
  },

  kinds: ['Service', 'EgressNetwork'],
  reads: {},

  *check({ resource }) {
    const sites = annotationSitesIn(resource, (name) => name.startsWith(MODE) || name.startsWith(UNIFIED));
    const texts = new Map(sites.flatMap((it) => (it.value.text() === undefined ? [] : [[it.name, it.value.text()!] as const])));
    const mode = texts.get(MODE);
    if (mode === undefined) return;
    if (!MODES.includes(mode)) {
      const site = sites.find((it) => it.name === MODE)!;
      yield {
        at: site.value,
        message: `"${mode}" is no kind of circuit breaker; use consecutive or unified.`,
        data: choiceOf(mode, MODES),
      };
      return;
    }
    for (const site of sites) {
      if (site.name === MODE || (site.name.startsWith(UNIFIED) && mode !== 'unified')) continue;
      const problem = problemOf(site, texts);
      if (problem) yield problem;
    }
  },

  fix: ({ resource, problem, text }) => changeFixes(resource.root, problem, text),
});

function problemOf({ name, value }: AnnotationSite, texts: ReadonlyMap<string, string>): Problem | undefined {
  const written = texts.get(name);
  const facts = annotationFacts(name);
  if (written === undefined || facts?.value === undefined) return undefined;
  const misread = complaintAbout(facts.value, written);
  const complaint = misread ?? complaintAboutSize(name, written, texts);
  if (complaint === undefined) return undefined;
  const meant = misread !== undefined && facts.value.type === 'linkerdDuration' ? repairedDuration(written) : undefined;
  const data = { values: meant === undefined ? [] : [meant], isCertain: true };
  return { at: value, message: `"${written}" is no value of ${name}: ${complaint}.`, data };
}

/** What is wrong with a value that has the right form. */
function complaintAboutSize(name: string, written: string, texts: ReadonlyMap<string, string>): string | undefined {
  const time = (key: string, byDefault: number): number => parseLinkerdDuration(texts.get(key) ?? '') ?? byDefault;
  switch (name) {
    case `${CONSECUTIVE}min-penalty`: {
      const longest = time(`${CONSECUTIVE}max-penalty`, 60_000);
      return longest > 0 && time(name, 0) > longest ? 'it is longer than the longest penalty' : undefined;
    }
    case `${CONSECUTIVE}max-penalty`:
      if (time(name, 1) === 0) return 'it cannot be 0';
      // Where both are written, the shorter one bears the blame.
      return !texts.has(`${CONSECUTIVE}min-penalty`) && time(name, 0) < 1000 ? 'it is shorter than the first penalty, 1s' : undefined;
    case `${UNIFIED}window`: {
      const threshold = Number(texts.get(`${UNIFIED}threshold`) ?? '0.8');
      if (time(name, 0) === 0) return 'it cannot be 0';
      return threshold > 0 && time(name, 0) < 10 ? 'it is at least 10ms' : undefined;
    }
    case `${UNIFIED}min-requests`:
      return /^\d+$/.test(written) ? undefined : 'it takes a whole number';
    default:
      return undefined;
  }
}
