import type { Database } from 'better-sqlite3'

/**
 * Gives a database that was just opened its key of 32 bytes; null leaves it plain. SQLite3 Multiple Ciphers encrypts
 * and authenticates every page of the file and of its WAL with ChaCha20-Poly1305. What SQLite would put into temporary
 * files is not encrypted, so it stays in memory.
 */
export function encryptDatabase(db: Database, key: Uint8Array | null): void {
  if (key === null) return
  db.pragma('temp_store = MEMORY')
  db.pragma("cipher = 'chacha20'")
  db.pragma(`key = 'raw:${Buffer.from(key.buffer, key.byteOffset, key.byteLength).toString('hex')}'`)
}
