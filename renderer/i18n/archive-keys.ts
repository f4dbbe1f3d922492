import { formatExact } from './format.ts'

/** Words about the encryption of archives and their keys. */
export const keyWords = {
  panel: 'Encryption',
  encrypted: 'Encrypted',
  notEncrypted: 'Not encrypted',
  notEncryptedHint: 'Whoever can read its folder can read the mail in it.',
  encryptAct: 'Encrypt this archive',
  encryptTitle: 'Encrypt this archive?',
  encryptWhat:
    'An encrypted copy is made in a new folder beside this one, proved message by message, and used from then on. That takes as much room again, and about as long as a verification.',
  encryptAfter: 'The plain folder stays where it is until you delete it.',
  choice: 'Encrypt the archive',
  choiceHint: (place: 'keychain' | 'vault') =>
    `Without its key nobody can read it, wherever its files get to. The key is kept in ${placeWords[place]}, and you are given a recovery key to note.`,
  choiceImpossible: (reason: string) =>
    `It will not be encrypted: there is no place here to keep its key. ${reason} Settings has a vault for that.`,
  facts: {
    state: 'State',
    since: (ms: number) => `AES-256-GCM, since ${formatExact(ms)}`,
    place: 'Key of this archive',
    noPlace: 'Not on this desk, or locked',
    places: {
      keychain: 'In the keychain of this computer',
      vault: 'In the vault of this desk',
      session: 'In memory, until Mail Desk ends',
    },
    dataKey: 'Key of new packs',
    dataKeyOf: (keyId: string, ms: number) => `${keyId}, of ${formatExact(ms)}`,
    recovery: 'Recovery key',
    recoveryOf: (ms: number) => `Of ${formatExact(ms)}`,
    notNoted: 'nobody has said yet that it is noted',
    noted: (ms: number) => `noted ${formatExact(ms)}`,
    neverTested: 'never tested',
    tested: (ms: number) => `tested ${formatExact(ms)}`,
  },
  test: 'Test recovery key',
  testTitle: 'Test the recovery key',
  testLead: 'Type it from your note. Nothing changes; you learn whether it opens this archive.',
  testAct: 'Test key',
  testDone: 'This recovery key opens the archive.',
  renew: 'New recovery key',
  renewTitle: 'Make a new recovery key?',
  renewWhat: 'You are shown another recovery key, this once. The old one opens this archive no more.',
  renewLimit:
    'Whoever has the old key and an old copy of the archive can still read that copy. Other desks ask for the new key.',
  renewAct: 'Make new key',
  rotate: 'New data key',
  rotateTitle: 'Encrypt new mail under another key?',
  rotateWhat:
    'Packs that are begun from now on are encrypted under a new key. What is there stays as it is and readable.',
  rotateAct: 'Make new data key',
  rotateDone: 'New packs are encrypted under a new key.',
  typedKey: 'Recovery key',
  typedKeyHint: '13 groups of five characters. Capitals, spaces and hyphens do not matter.',
  remember: 'Keep the key on this desk',
  rememberHint: 'Otherwise it is asked for again when Mail Desk starts.',
  unlockTitle: 'This archive is encrypted, and its key is not on this desk',
  unlockLead:
    'It was made on another desk, or the keychain lost its key. Enter the recovery key that was noted when it was made.',
  lockedTitle: 'This archive is encrypted, and the place where its key is kept is locked',
  lockedLead:
    'Open the vault in Settings and come back. Or enter the recovery key: then the archive is open until Mail Desk ends.',
  unlockAct: 'Unlock archive',
  once: {
    title: 'Note the recovery key',
    lead: 'This is the key to the archive if this computer is lost. It is shown this once and kept nowhere.',
    advice:
      'Write it down or print it, and keep it apart from this computer. Whoever has it can read the archive; without it and without this computer nobody can.',
    key: 'Recovery key',
    what: 'the recovery key',
    print: 'Print it',
    confirm: 'Type the last group to confirm',
    wrong: 'That is not the last group of the key above.',
    act: 'I have noted it',
    later: 'If you close this without noting it, make a new recovery key on the tab “Safety”.',
  },
  sheet: {
    title: 'Recovery key of a mail archive',
    name: 'Archive',
    id: 'Id',
    date: 'Made',
    how: [
      'With Mail Desk: open the archive’s folder and enter this key.',
      'On the command line: desk archive decrypt FOLDER --to NEW-FOLDER --recovery-key-stdin',
      'Without Mail Desk: README.txt in the archive’s folder says how.',
    ],
    warning: 'Whoever has this sheet and the archive can read the mail in it. Keep it apart from both.',
  },
} as const

const placeWords = { keychain: 'the keychain of this computer', vault: 'the vault of this desk' } as const
