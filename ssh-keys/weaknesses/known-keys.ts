import { createHash } from 'node:crypto';
import type { KnownKeySource } from '../problem.ts';

// Keys whose private half anyone can read, by their SHA-256 fingerprints (as `ssh-keygen -l` prints them, without
// `SHA256:`). Keys that are refused anyway, DSA and RSA under 2048 bits, are left out.
const published: readonly { readonly source: KnownKeySource; readonly fingerprints: readonly string[] }[] = [
  // keys/vagrant.pub and vagrant.pub.ed25519 of github.com/hashicorp/vagrant.
  {
    source: 'vagrant',
    fingerprints: ['1M4RzhMyWuFS/86uPY/ce2prh/dVTHW7iD2RhpquOZA', 'WkvqjnyPAeC0cbPErYiGP9vqHdgL1MqqvPdIe3lvHgI'],
  },
  // github.com/rapid7/ssh-badkeys.
  {
    source: 'kali-raspberry-pi',
    fingerprints: ['4REJomy/ZbGbLVcbZzR/i6CQuzF+EI6DMvu/lHCxh4M'],
  },
  // github.com/rapid7/ssh-badkeys.
  {
    source: 'piunora',
    fingerprints: [
      'MlQfTrr4GkwEXWhIdaO2UQqraKMWLwNos2gDRkahH9g',
      'nMnJx4mqz7RsxUls5+dr5OMksk+sr1KaSAYprcOHSkY',
      'bTSyNyNBablX5SCmJoOMan7ynqSR2x+FYmeh2Oz56qY',
      'LjeI9LHdkiQXmE7RGkth9mtn/sdpy2sOBD+tieb/X2E',
    ],
  },
  // regress/ of OpenSSH 9.2: every key there that would be accepted otherwise and has its private half beside it.
  {
    source: 'openssh-tests',
    fingerprints: [
      '/ALxJUlmDPE0gxeL1nZip4oXm1VG1qmR2xL5iUzZD1A',
      '6WZVJ44bqhAWLVP4Ns0TDkoSQSsZo/h2K+mEvOaNFbw',
      '9H4Upkmt0536hnYUFDAM8WgHNL6KCskXi+pfnACKmYc',
      'Go7HO0CVPYG+BSDSk9ZUJBKGSrtBExp6obTa9iqzIUo',
      'L3k/oJubblSY0lB9Ulsl7emDMnRPKm/8udf2ccwk560',
      'NoQh0XBUuYUSWqnzOzOBnfpgJTRWLMj7BlWAb8IbjeE',
      'PnEztoQ74skPJhb/bvdbzdOVa2whp8Ws4housCPVrkI',
      'VKUG+4Sar7nyKc94qUQ2woHvy0rmfIpDDowGr8te4Y8',
      'ZxTZQ/K7JZpz0mHqWqdmYCUcq3MAtnu9TYA66TCBkxM',
      'b9BVPS5vuU4yu/FgweojLLg6zbfmBBoWLUgibdxxsoo',
      'dvIRknqyjjIuB+lGouUaT4x+VncAYZFI15UvWXtIYIc',
      'eto3cpL3YD1cvjDiwR9JxKVInjd+f84quOOvVckxepw',
      'pbI9wlyrFSsUbp+GTiIAOqNMvoajbF2tHsPMECyrMYU',
      'pz8VkgtRY3r50F4zSuzRlmq9c6vPTpJXLKKOgkyUcKE',
      'vMbaARqVciRgXyZPNHDo+P5p5WK5yWG1Oo6VC35Bomw',
      'zT07yLyR2anxUgzPyP+gv8kC/gL5Gc9iqMs4SVVwtkQ',
      '8ty77fOpABat1y88aNdclQTfU+lVvWe7jYZGw8VYtfg',
      'ed8YniRHA6qCrErCRnzrWxPHxYuA62a+CAFYUVxJgaI',
      'YInG0FuXzFrI4twnU4WIDUE7/iFeM9DVtx6zdi61Pvg',
      'xUz1O0UwISrm1GWaRKjWQ/nPWBy8Agxm64ssLF/r7Rk',
    ],
  },
  // RFC 6979 A.2.5, RFC 8032 §7.1, RFC 8410 §10.3.
  {
    source: 'rfc-examples',
    fingerprints: [
      'hfuNWmjIYvsBGZ6dpCLTTAEa5LxbZABRHHVoynAxFlo',
      'bbXpuKG6zhzdmnxq256TlqzFBzRl2f6OOg722cYNbU8',
      'F34nin7tcaYH6WR5LSWSfj6weFBPfBpuyUUoPFP9YjA',
      's3Z2A+mldeflHo5TMMEUA7MlkMg96xvtqH9DGLHHZmE',
      'ebCT4wkJOqO5AIlHG03cHvn3Cr3ZZEEh8m81duHhR3Q',
    ],
  },
  // Ed25519 from 32 bytes 0, 1, 255, and 0 to 31; ECDSA with the number 1.
  {
    source: 'first-guesses',
    fingerprints: [
      'tAXFyTXI8xtDaujAEcwJslAYc9/6FKcUkd2Lw0xDhPo',
      'fe85JkIjo8VPe+XqXJGH5Mau1EMFdK1OdKvJUFicyA8',
      'UIedaL6Cxm6OUErh9GQUzzglSk7VpQlVTI1TAFB/HWA',
      'lbmsoA0yIEcEiVDRnMWuzm+nV+3ZEEpVIURqFoeSspg',
      'SFMVDOrhOSBssOVH9hIcK/Z2XVf1oSVMjNCL8u2aICY',
      'vnUJs0Z9d/fcfX8fr8n5mGCtID9OxLbsrPpLZ0HA7DM',
      'zRVIWrTxGdqqZxpYW8IR7xT1OqCYLxz0tEN3IKizSdo',
    ],
  },
];

const knownKeys: ReadonlyMap<string, KnownKeySource> = new Map(
  published.flatMap(({ source, fingerprints }) => fingerprints.map((fingerprint) => [fingerprint, source] as const)),
);

/** What a key comes with whose private half is public, if it is one of these. `blob` is the whole public key. */
export function findKnownKey(blob: Uint8Array): KnownKeySource | undefined {
  return knownKeys.get(createHash('sha256').update(blob).digest('base64').slice(0, -1));
}
