import { describe, expect, it } from 'vitest';
import { createTokenScopes, includesScope, readScopes, scopesOf, type Scope } from './scopes.ts';

describe('R6 the scopes of a token', () => {
  it.each<[string | undefined, readonly string[] | null]>([
    [undefined, null],
    ['', []],
    ['user, admin:public_key', ['user', 'admin:public_key']],
    ['user,<b>,read:org', ['user', 'read:org']],
  ])('%j is read as %j', (header, scopes) => expect(readScopes(header)).toEqual(scopes));

  it.each<[string, string | undefined, readonly string[] | null]>([
    ['ghp_1', '', []],
    ['0123456789abcdef', 'user', ['user']],
    ['gho_1', undefined, null],
    ['ghu_1', '', null],
    ['github_pat_1', '', null],
  ])('%s with %j has %j', (token, header, scopes) => expect(scopesOf(token, header)).toEqual(scopes));

  it.each<[string, Scope, boolean]>([
    ['user', 'user', true],
    ['user', 'user:email', true],
    ['user:email', 'user', false],
    ['read:user', 'user:email', false],
    ['admin:public_key', 'read:public_key', true],
    ['write:public_key', 'admin:public_key', false],
    ['read:public_key', 'write:public_key', false],
    ['admin:public_key', 'read:ssh_signing_key', false],
  ])('%s includes %s: %s', (held, wanted, is) => expect(includesScope([held], wanted)).toBe(is));

  it('of a fine-grained one are not told: a refusal tells, in the words of its page', () => {
    const scopes = createTokenScopes(null);
    expect(scopes.accessBy('user')).toEqual({ kind: 'editable' });
    scopes.noteMissing('user');
    expect(scopes.accessBy('user')).toEqual({ kind: 'needs-permission', permission: 'Profile: Read and write' });
    expect(scopes.accessBy('write:public_key')).toEqual({ kind: 'editable' });
  });
});
