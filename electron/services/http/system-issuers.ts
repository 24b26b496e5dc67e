import tls from 'node:tls';

/** Whether those of this computer are among the issuers that this process believes. */
let areKnown = false;

/**
 * Runs `act`, and once more if a certificate's issuer was unknown while only those were believed that Node brings
 * along: a computer of an organisation often trusts its own too. To ask the system takes 0.2 s, so it is asked only
 * then. A failed handshake has sent nothing yet, so any request can be sent again.
 */
export async function withSystemIssuers<T>(act: () => Promise<T>, isOfIssuer: (error: unknown) => boolean): Promise<T> {
  const wereKnown = areKnown;
  try {
    return await act();
  } catch (error) {
    if (wereKnown || !isOfIssuer(error)) throw error;
    learn();
    return act();
  }
}

function learn(): void {
  if (areKnown) return;
  areKnown = true;
  try {
    tls.setDefaultCACertificates([
      ...new Set([...tls.getCACertificates('default'), ...tls.getCACertificates('system')]),
    ]);
  } catch {
    // A system, or a Node like Electron's, that does not tell: those that it brings along stay.
  }
}
