import { AppError } from '../../../../../shared/contract/errors.ts';
import { masked } from '../../../core/masked.ts';
import type { AccountApi, DescribedOperation, PreparedRequest } from '../../account-api.ts';
import { remoteDocumentSchema, toOperations } from './api-document.ts';
import type { SignedRequest, SignedSender } from '../../signed-sender.ts';

/** `build` makes an account over any sender: the same code prepares a request and sends it, so they cannot drift. */
export function createReferenceApi<A>(
  address: string,
  send: SignedSender,
  build: (send: SignedSender) => A,
): AccountApi<A> {
  let known: Promise<readonly DescribedOperation[]> | undefined;

  return {
    address,
    apiOperations() {
      known ??= send({ method: 'GET', path: '/openapi.json', schema: remoteDocumentSchema }).then(({ body }) =>
        toOperations(body),
      );
      known.catch(() => (known = undefined));
      return known;
    },
    prepare: (act) => recordChange(send, (recording) => act(build(recording))),
  };
}

function recordChange(
  send: SignedSender,
  act: (recording: SignedSender) => Promise<unknown>,
): Promise<PreparedRequest> {
  return new Promise((resolve, reject) => {
    const recording: SignedSender = (request) => {
      if (request.method === 'GET') return send(request);
      resolve(toPrepared(request));
      // Whoever asked waits for an answer that never comes, and is collected with this promise.
      return new Promise(() => undefined);
    };
    act(recording).then(() => {
      reject(new AppError('internal', {}, new Error('an act that changes nothing was to be prepared')));
    }, reject);
  });
}

type AnyRequest = Pick<SignedRequest<never>, 'method' | 'path' | 'headers' | 'body'>;

function toPrepared({ method, path, headers = {}, body }: AnyRequest): PreparedRequest {
  const type = body === undefined ? {} : { 'Content-Type': 'application/json' };
  // Made anew for the request that is sent: this one will not be it.
  const once = 'Idempotency-Key' in headers ? { 'Idempotency-Key': masked } : {};
  return { method, path, headers: { Authorization: `Bearer ${masked}`, ...type, ...headers, ...once }, body };
}
