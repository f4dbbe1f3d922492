/** Words of what makes a bundle fit to be handed over: its signature, pages, parts and encryption. */
export const handoverWords = {
  by: 'Handed over by',
  byHint: 'Stands on the chain of custody. Empty: the name in Settings, else the user of this computer.',
  sign: 'Sign it',
  signReady: (fingerprint: string) =>
    `With this desk’s key, fingerprint ${fingerprint}. Tell it to the receiver.`,
  signFirst: 'The key of this desk is made now. Its fingerprint then stands in Settings and under Runs.',
  signLocked: 'The vault is locked. Unlock it in Settings to sign.',
  signNoStore: 'There is no place for the key yet. Set one up under Passwords in Settings to sign.',
  signLost: 'The key is not in the secret store any more. Make a new one in Settings to sign.',
  index: 'Pages for people',
  indexHint: 'index.html lists folders and messages in any browser, without network and without scripts.',
  split: 'Largest size of one file',
  splitHint: 'Larger bundles become several zips; each can be checked alone.',
  splits: { none: 'One file of any size', '25': '25 MB (mail)', '650': '650 MB', '4000': '4 GB (FAT)' },
  encryption: 'Encryption',
  encryptions: { none: 'None', passphrase: 'Passphrase', recipients: 'age recipients' },
  noneHint:
    'Whoever gets the file can read the mail. Encrypt it when it leaves the house by mail or on a disk.',
  passphrase: 'Passphrase',
  passphraseHint:
    'At least 12 characters; four random words are good. Tell it by another way than the file. It cannot be reset.',
  passphraseAgain: 'The same passphrase again',
  passphraseDiffers: 'The two are not the same.',
  passphraseShort: 'At least 12 characters.',
  recipients: 'Recipients',
  recipientsHint:
    'One a line, each begins with age1. Only who holds the key of one of them can read the bundle.',
  recipientsNone: 'Give at least one recipient.',
  secret: 'Passphrase or age identity',
  secretHint: 'Only for an encrypted bundle. The copy that is opened for browsing is not encrypted.',
  fingerprint: 'Fingerprint that you were told',
  fingerprintHint: 'For “Verify bundle”: another key is reported. Leave it empty if you were told none.',
  signedBy: 'Signed by',
  notSigned: (why: string) => `Not signed. ${why}`,
  signature: {
    holds: 'The signature holds. Compare the key with the fingerprint that you were told:',
    broken: 'The signature does not hold.',
    none: 'Not signed: nothing shows who made it.',
  },
} as const
