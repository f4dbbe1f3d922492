import { describeFaults } from './as-tests.ts'

// A file of its own, and so a process of its own: starting a server holds up whoever starts it.
process.setMaxListeners(0)
describeFaults('Faults of Dovecot and Postfix', 'real')
