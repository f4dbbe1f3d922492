/** Words of the first screen of an empty desk. */
export const welcomeWords = {
  title: 'Welcome to Mail Desk',
  lead: 'Diagnose a mail problem, work it as a ticket, archive the mailbox, and hand over a bundle that anyone can verify. Everything stays on this computer.',
  start: 'Three ways to begin',
  connect: {
    title: 'Connect a mailbox',
    text: 'Enter a person’s address. The servers are found from it, and every step of the search is shown.',
    needs: 'You need the address and its password, or an access token.',
    action: 'Connect a mailbox',
  },
  practice: {
    title: 'Explore the practice company',
    text: 'A small invented company with mailboxes, mail servers and a queue of real problems, all on this computer.',
    needs: 'You need nothing, not even a network. It can be removed again completely.',
    action: 'Start the practice company',
    starting: 'Starting its servers …',
  },
  open: {
    title: 'Open an archive or bundle',
    text: 'Read and verify what somebody has archived or exported with Mail Desk.',
    needs: 'You need its folder, or the bundle’s zip file.',
    action: 'Open an archive or bundle',
  },
  skip: 'Go to Today without any of these',
} as const
