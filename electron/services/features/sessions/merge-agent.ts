import type { Agent } from '../../provider/account-sessions.ts';

type Known = Readonly<Record<string, string | null>>;

/**
 * The provider's word wins; what it leaves open is filled from the User-Agent, unless the two speak of different
 * things.
 */
export function mergeAgent(reported: Agent | null, parsed: Agent): Agent {
  if (!reported) return parsed;
  return {
    browser: fill(reported.browser, parsed.browser),
    os: fill(reported.os, parsed.os),
    device: fill(reported.device, parsed.device),
    engine: fill(reported.engine, parsed.engine),
    cpu: reported.cpu ?? parsed.cpu,
  };
}

/** A version belongs to its name: told "Vivaldi" and parsed "Chrome 126" do not make a Vivaldi 126. */
function fill<G extends Known>(reported: G, parsed: G): G {
  const differs = Object.entries(reported).some(
    ([key, value]) => value !== null && parsed[key] !== null && value !== parsed[key],
  );
  if (differs) return reported;
  return Object.fromEntries(Object.entries(reported).map(([key, value]) => [key, value ?? parsed[key]])) as G;
}
