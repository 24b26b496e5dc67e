import type { ApiOperation, ApiScreen, RequestPreview } from '../../../../shared/contract/api-calls.ts';
import { AppError } from '../../../../shared/contract/errors.ts';
import type { AppContract } from '../../../../shared/contract/index.ts';
import type { Handlers } from '../../../../shared/rpc/define.ts';
import type { Requests } from '../../accounts/requests.ts';
import type { DescribedOperation, PreparedRequest } from '../../provider/account-api.ts';
import type { ProviderAccount } from '../../provider/provider.ts';
import { carryOut } from './acts.ts';

/** Which groups of the provider's document are behind a screen. */
const tagsOf: Readonly<Record<ApiScreen, readonly string[]>> = {
  profile: ['profile', 'notifications', 'workplace', 'api-key', 'access-keys'],
  security: ['password', 'mfa', 'identities'],
  sessions: ['sessions'],
  'identity-keys': ['identity-keys'],
};

const maxBodyLength = 20_000;

export function createApiCallsService(signedIn: Requests<ProviderAccount>): Handlers<AppContract>['apiCalls'] {
  return {
    list: ({ accountId, screen }) =>
      signedIn.request(accountId, async (account) => {
        const operations = await account.apiOperations();
        const shown = operations.filter(({ tags }) => tagsOf[screen].some((tag) => tags.includes(tag)));
        return { address: account.address, operations: shown.map(toOperation) };
      }),
    preview: ({ accountId, act }) =>
      signedIn.request(accountId, async (account) => {
        const request = await account.prepare((prepared) => carryOut(prepared, act));
        const operation = findOperation(await account.apiOperations(), request);
        if (!operation) throw new AppError('not-offered');
        return toPreview(account.address, operation, request);
      }),
  };
}

function toOperation({ id, method, path, summary }: DescribedOperation): ApiOperation {
  return { id, method, path, summary };
}

/** A path with fixed words comes before one with parameters in their place (OpenAPI 3.1, section 4.8.8.2). */
export function findOperation(
  operations: readonly DescribedOperation[],
  { method, path }: Pick<PreparedRequest, 'method' | 'path'>,
): DescribedOperation | undefined {
  const [bare = ''] = path.split('?');
  const fitting = operations.filter((operation) => operation.method === method && fits(operation.path, bare));
  return fitting.find(({ path: template }) => !template.includes('{')) ?? fitting[0];
}

function fits(template: string, path: string): boolean {
  const words = path.split('/');
  const places = template.split('/');
  return (
    places.length === words.length &&
    places.every((place, index) => (/^\{.+\}$/.test(place) ? words[index] !== '' : place === words[index]))
  );
}

function toPreview(
  address: string,
  operation: DescribedOperation,
  { path, headers, body }: PreparedRequest,
): RequestPreview {
  return {
    operation: toOperation(operation),
    url: address + path,
    headers: Object.entries(headers).map(([name, value]) => ({ name, value })),
    body: body === undefined ? null : shorten(JSON.stringify(body, null, 2)),
  };
}

function shorten(text: string): string {
  return text.length > maxBodyLength ? `${text.slice(0, maxBodyLength)}\n…` : text;
}
