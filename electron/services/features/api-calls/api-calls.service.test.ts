import { describe, expect, it } from 'vitest';
import type { DescribedOperation } from '../../provider/account-api.ts';
import { findOperation } from './api-calls.service.ts';

const operation = (method: DescribedOperation['method'], path: string): DescribedOperation => ({
  id: `${method} ${path}`,
  method,
  path,
  summary: '',
  tags: [],
});
const operations = [
  operation('GET', '/me/keys/{id}'),
  operation('DELETE', '/me/keys/{id}'),
  operation('DELETE', '/me/keys/all'),
  operation('POST', '/me/keys/{id}/rotate'),
];
const find = (method: string, path: string) => findOperation(operations, { method, path })?.id;

describe('X9 which call of the document a request is', () => {
  it('fills parameters with any word, and takes fixed words first', () => {
    expect(find('DELETE', '/me/keys/k%2F1')).toBe('DELETE /me/keys/{id}');
    expect(find('DELETE', '/me/keys/all')).toBe('DELETE /me/keys/all');
    expect(find('POST', '/me/keys/k1/rotate')).toBe('POST /me/keys/{id}/rotate');
  });
  it('leaves a query out', () => expect(find('GET', '/me/keys/k1?full=1')).toBe('GET /me/keys/{id}'));
  it.each([
    ['PUT', '/me/keys/k1'],
    ['GET', '/me/keys/'],
    ['GET', '/me/keys'],
    ['GET', '/me/keys/k1/more'],
    ['GET', '/you/keys/k1'],
  ])('knows none for %s %s', (method, path) => expect(find(method, path)).toBeUndefined());
});
