/** What happens to a policy that the agent finds fault with. */
export const REJECTED = 'Cilium rejects this policy and enforces nothing of it.';

/** The same at length, behind the reason. */
export const WHY_REJECTED =
  'The API server accepts the object, and the agent then refuses it as a whole: its condition "Valid" turns False, and nothing that it says is enforced.';
