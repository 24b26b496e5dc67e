import type { ApiOperation } from '../../../shared/contract/api-calls.ts';

/** A command for a POSIX shell; the token comes from its environment, so no secret is in it. */
export function toCurl(address: string, { method, path }: Pick<ApiOperation, 'method' | 'path'>): string {
  const verb = method === 'GET' ? '' : ` --request ${method}`;
  return `curl${verb} --header "Authorization: Bearer $TOKEN" ${quote(address + path)}`;
}

function quote(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
