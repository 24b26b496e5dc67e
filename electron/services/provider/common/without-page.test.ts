import { describe, expect, it } from 'vitest';
import { toRoot as toGiteaRoot } from '../gitea/instance.ts';
import { toRoot as toGitlabRoot } from '../gitlab/way-in/instance.ts';
import { toAddress as toGlewlwydAddress } from '../glewlwyd/way-in/config.ts';
import { toAddress as toKratosAddress } from '../kratos/way-in/instance.ts';

describe('R2 the address of a service, from that of one of its pages', () => {
  it.each([
    [toGiteaRoot, 'https://git.example/forge', '/user/settings/keys', 'https://explore'],
    [toGitlabRoot, 'https://git.example/gitlab', '/-/profile', 'https://admin'],
    [toGlewlwydAddress, 'https://id.example/glewlwyd', '/profile.html', 'https://profile.html'],
    [toKratosAddress, 'https://id.example/kratos', '/self-service/login/api', 'https://health'],
  ])('%o leaves out the page, and never the name of the host', (toAddress, address, page, host) => {
    expect([toAddress(address + page), toAddress(address)]).toEqual([address, address]);
    // Else a host of the name of a folder would be asked, like `api`.
    expect(toAddress(host)).toBe(host);
  });
});
