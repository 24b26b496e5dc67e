import type { Agent } from '../../provider/agent.ts';

type Known = Readonly<Record<string, string | null>>;

/**
 * The provider's word wins; what it leaves open is filled from the User-Agent, unless the two speak of different
 * things.
 */
export function preferTold(told: Agent | null, parsed: Agent): Agent {
  if (!told) return parsed;
  return {
    browser: fill(told.browser, parsed.browser),
    os: fill(told.os, parsed.os),
    device: fill(told.device, parsed.device),
    engine: fill(told.engine, parsed.engine),
    cpu: told.cpu ?? parsed.cpu,
  };
}

/** A version belongs to its name: told "Vivaldi" and parsed "Chrome 126" do not make a Vivaldi 126. */
function fill<G extends Known>(told: G, parsed: G): G {
  const differs = Object.entries(told).some(
    ([key, value]) => value !== null && parsed[key] !== null && value !== parsed[key],
  );
  if (differs) return told;
  return Object.fromEntries(Object.entries(told).map(([key, value]) => [key, value ?? parsed[key]])) as G;
}
