// What tests make odd files of: no part of what the library offers.
export { derOctets, derOid, derSequence, derSmallInteger } from '../encoding/der.ts';
