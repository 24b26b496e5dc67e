import type { ApiOperation, RequestPreview } from '../../shared/contract/api-calls.ts';
import { contract } from '../../shared/contract/index.ts';
import type { Handlers } from '../../shared/rpc/define.ts';
import type { FakeFrame } from './fake-security.ts';

const { apiCalls } = contract;
export const apiCallsContract = { apiCalls };

/** The calls behind the screens, as a provider with a document tells them. */
export class FakeApiCalls {
  address = 'https://api.nordlicht.example';
  operations: ApiOperation[] = [
    { id: 'getMeSessions', method: 'GET', path: '/me/sessions', summary: 'List your sessions' },
    { id: 'postMeSessionsClose', method: 'POST', path: '/me/sessions/close', summary: 'Close some of your sessions' },
    { id: 'deleteMeAccessKeysId', method: 'DELETE', path: '/me/access-keys/{id}', summary: 'Delete an access key' },
  ];
  preview: RequestPreview = {
    operation: {
      id: 'postMeSessionsClose',
      method: 'POST',
      path: '/me/sessions/close',
      summary: 'Close some of your sessions',
    },
    url: 'https://api.nordlicht.example/me/sessions/close',
    headers: [
      { name: 'Authorization', value: 'Bearer ••••••••' },
      { name: 'Content-Type', value: 'application/json' },
    ],
    body: '{\n  "ids": [\n    "3f1c"\n  ]\n}',
  };
  readonly handlers: Handlers<typeof apiCallsContract>;

  constructor({ answer }: Pick<FakeFrame, 'answer'>) {
    this.handlers = {
      apiCalls: {
        list: (input) => answer('apiCalls.list', input, () => ({ address: this.address, operations: this.operations })),
        preview: (input) =>
          answer('apiCalls.preview', input, () =>
            'name' in input.act
              ? { ...this.preview, body: JSON.stringify({ name: input.act.name }, null, 2) }
              : this.preview,
          ),
      },
    };
  }
}
