import { complaintOfRe2, type RegexComplaint } from '../../../schema/re2.js';

/** What is wrong with a regular expression of Envoy, and where in it; undefined where nothing is. */
export function complaintAboutRegex(pattern: string): RegexComplaint | undefined {
  if (pattern.length > 1024) return { what: 'it is longer than 1024 characters', start: 0, end: pattern.length };
  return complaintOfRe2(pattern);
}
