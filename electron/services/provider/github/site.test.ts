import { describe, expect, it } from 'vitest';
import { toSite } from './site.ts';

const server = (address: string) => ({ address, api: `${address}/api/v3`, pictures: address, isPublic: false });
const public_ = {
  address: 'https://github.com',
  api: 'https://api.github.com',
  pictures: 'https://avatars.githubusercontent.com',
  isPublic: true,
};

describe('R6 the addresses that belong to one GitHub', () => {
  it.each([
    ['https://github.com', public_],
    ['https://www.github.com/settings/keys', public_],
    ['https://api.github.com', public_],
    [
      'https://octo.ghe.com/settings',
      {
        ...public_,
        address: 'https://octo.ghe.com',
        api: 'https://api.octo.ghe.com',
        pictures: 'https://octo.ghe.com',
      },
    ],
    ['https://git.example.org:8443/login?x=1', server('https://git.example.org:8443')],
    // Their names only look like it.
    ['https://github.com.evil.example', server('https://github.com.evil.example')],
    ['https://evilgithub.com', server('https://evilgithub.com')],
    ['https://api.github.com.evil.example', server('https://api.github.com.evil.example')],
    ['https://a.b.ghe.com', server('https://a.b.ghe.com')],
    ['http://github.com', server('http://github.com')],
    ['https://github.com:8443', server('https://github.com:8443')],
  ])('%s', (typed, site) => expect(toSite(typed)).toEqual(site));
});
