/** What of the Trusted Types API is used; TypeScript does not know it yet. */
interface TrustedTypes {
  createPolicy(name: string, rules: { createScriptURL(url: string): string }): { createScriptURL(url: string): string };
}

const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes };
const policy = trustedTypes?.createPolicy('own-worker', { createScriptURL: refuseForeign });

/**
 * The address of a worker of our own build as `new Worker` takes it: our content security policy lets no text become a
 * script (Trusted Types), so the address goes through a policy that lets nothing but our own origin pass.
 */
export function toWorkerUrl(url: string): string {
  return policy?.createScriptURL(url) ?? refuseForeign(url);
}

function refuseForeign(url: string): string {
  if (new URL(url, location.href).origin !== location.origin) throw new TypeError('not an address of our own');
  return url;
}
