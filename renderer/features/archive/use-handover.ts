import { useState } from 'react'
import type { InputOf } from '../../../core/contract/index.ts'
import { handoverWords as words } from '../../i18n/handover.ts'

export type Encryption = 'none' | 'passphrase' | 'recipients'
export type Split = 'none' | '25' | '650' | '4000'

interface HandoverValue {
  readonly by: string
  readonly sign: boolean
  readonly humanIndex: boolean
  readonly split: Split
  readonly encryption: Encryption
  readonly passphrase: string
  readonly again: string
  readonly recipients: string
}

type Errors = Readonly<Record<'passphrase' | 'again' | 'recipients', string | null>>

/** What makes a bundle fit to be handed over, while it is being chosen. */
export interface Handover {
  readonly value: HandoverValue
  /** What is wrong; said once somebody tried to send it. */
  readonly errors: Errors
  change(changes: Partial<HandoverValue>): void
  /** The choices as `archive.export` takes them; null when something is wrong. */
  take(): Pick<
    InputOf<'archive.export'>,
    'handedOverBy' | 'sign' | 'humanIndex' | 'splitBytes' | 'encrypt'
  > | null
}

const noErrors: Errors = { passphrase: null, again: null, recipients: null }
const leastCharacters = 12

/** The choices of one dialog: signed and with pages for people, in one file, not encrypted. */
export function useHandover(): Handover {
  const [value, setValue] = useState<HandoverValue>({
    by: '',
    sign: true,
    humanIndex: true,
    split: 'none',
    encryption: 'none',
    passphrase: '',
    again: '',
    recipients: '',
  })
  const [wasTried, setTried] = useState(false)
  const errors = check(value)
  return {
    value,
    errors: wasTried ? errors : noErrors,
    change: (changes) => setValue((before) => ({ ...before, ...changes })),
    take: () => {
      setTried(true)
      if (Object.values(errors).some((error) => error !== null)) return null
      return {
        handedOverBy: value.by,
        sign: value.sign ? 'if_possible' : 'never',
        humanIndex: value.humanIndex,
        splitBytes: value.split === 'none' ? null : Number(value.split) * 1_000_000,
        encrypt: encryptionOf(value),
      }
    },
  }
}

function check({ encryption, passphrase, again, recipients }: HandoverValue): Errors {
  if (encryption === 'recipients')
    return { ...noErrors, recipients: linesOf(recipients).length === 0 ? words.recipientsNone : null }
  if (encryption === 'none') return noErrors
  return {
    ...noErrors,
    passphrase: passphrase.length < leastCharacters ? words.passphraseShort : null,
    again: passphrase === again ? null : words.passphraseDiffers,
  }
}

function encryptionOf({ encryption, passphrase, recipients }: HandoverValue) {
  if (encryption === 'none') return null
  if (encryption === 'passphrase') return { kind: encryption, passphrase }
  return { kind: encryption, recipients: [...linesOf(recipients)] }
}

const linesOf = (text: string): readonly string[] =>
  text
    .split(/\s+/)
    .map((line) => line.trim())
    .filter((line) => line !== '')
