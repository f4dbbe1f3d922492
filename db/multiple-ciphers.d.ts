/** The same program as better-sqlite3, with encryption; its own types are not exported by its package. */
declare module 'better-sqlite3-multiple-ciphers' {
  import Database from 'better-sqlite3'
  export default Database
}
