/** Words of the signing key's panel. */
export const signingWords = {
  title: 'Signature',
  hint: 'Bundles and drill records are signed with a key of this desk. Tell receivers its fingerprint by another way (by telephone, on paper), so that they can compare it.',
  state: 'State',
  states: {
    ready: 'Ready',
    locked: 'Locked with the vault',
    none: 'Not made yet; the first signature makes it',
    lost: 'Not in the secret store any more',
  },
  fingerprint: 'Fingerprint',
  theFingerprint: 'the fingerprint',
  publicKey: 'Public key',
  thePublicKey: 'the public key',
  make: 'Make the key',
  renew: 'Make a new key',
  renewTitle: 'Make a new signing key?',
  renewWhat: 'From now on this desk signs with another key, and receivers need its new fingerprint.',
  renewLost: 'The present private key is overwritten.',
  renewKept: 'What it signed still verifies, because each signature carries its public key.',
} as const
