import type { TranscriptLine } from '../../../core/diagnostics/types.ts'
import type { Clock } from '../../lib/clock.ts'
import type { TranscriptPort } from './ports.ts'

const maxLines = 400
const maxLineLength = 500

/** The dialogues of one run. What is written down is bounded: a server may talk without end. */
export function createTranscripts(clock: Clock) {
  const byId = new Map<string, TranscriptLine[]>()
  return {
    open: (transcriptId: string): TranscriptPort => {
      const lines = byId.get(transcriptId) ?? []
      byId.set(transcriptId, lines)
      const write = (from: TranscriptLine['from']) => (text: string) => {
        if (lines.length > maxLines) return
        const full = lines.length === maxLines
        const shown =
          text.length > maxLineLength ? `${text.slice(0, maxLineLength)} … (${text.length} characters)` : text
        lines.push({
          atMs: clock.nowMs(),
          from: full ? 'note' : from,
          text: full ? 'The rest is left out.' : shown,
        })
      }
      return { note: write('note'), client: write('client'), server: write('server') }
    },
    all: (): readonly { readonly transcriptId: string; readonly lines: readonly TranscriptLine[] }[] =>
      [...byId].map(([transcriptId, lines]) => ({ transcriptId, lines })),
  }
}
