import type { PracticeCase } from './cases.ts'

/** Cases about the servers, and about what happens to mail. */
export const serverCases = [
  {
    caseId: 'mailbox_full',
    localPart: 'youssef.haddad',
    title: 'Suppliers get their mail back',
    ticket: {
      subject: 'Suppliers say that my mail comes back',
      description:
        'Three suppliers phoned: their offers come back with some English text about “quota”. I can read my old mail well, but since Sunday nothing new arrives. One of the offers ends today.\nيوسف',
      category: 'storage',
      priority: 'urgent',
    },
    hints: [
      'He can sign in, so it is not about access. What does the server tell about his storage?',
      'A full mailbox can be emptied, archived, or given more room.',
    ],
    finding: 'The mailbox is full: its quota is used up, and new mail is turned away.',
    solution:
      'Archive and delete old mail in his mailbox, or let the administrator raise the quota. Then run the diagnosis again.',
    phone: () => '“Delete what? These are contracts. I need all of them. Can I not simply have more room?”',
    action: 'raise_quota',
    shownBy: 'standard',
    codes: ['imap.over_quota', 'smtp.mailbox_full'],
  },
  {
    caseId: 'certificate_expired',
    localPart: 'olena.koval',
    title: 'A warning about a certificate',
    ticket: {
      subject: 'Страшне попередження про сертифікат / A scary warning',
      description:
        'All of us in Odesa get a red warning about a certificate today. Yesterday there was none. Petro clicked “continue anyway”, I did not dare. Are we being attacked?\nОлена',
      category: 'security',
      priority: 'urgent',
    },
    hints: [
      'Only the Odesa office is hit, and it has a server of its own. Look at the dates of its certificate.',
      'Nobody there can click this away safely. Who runs the server?',
    ],
    finding: 'The certificate of the Odesa mail server has expired.',
    solution:
      'Whoever runs the server renews its certificate; nothing has to be changed at the users. Then run the diagnosis again.',
    phone: () => '“The whole office has it. And Petro typed his password after clicking. Was that bad?”',
    action: 'renew_certificate',
    shownBy: 'standard',
    codes: ['tls.expired'],
  },
  {
    caseId: 'starttls_missing',
    localPart: 'siobhan.nibhriain',
    title: 'Sending fails from the guest network',
    ticket: {
      subject: 'Ní féidir liom ríomhphost a sheoladh / I cannot send',
      description:
        'I am at the lighthouse and on their guest network. Reading works. Sending stops with “server does not support encryption”. A friend said to just switch the encryption off. Should I?\nSiobhán',
      category: 'sending',
      priority: 'high',
    },
    hints: [
      'Do not switch the encryption off. What does the outgoing server offer after EHLO, and what is missing?',
      'Something between her and the server may take STARTTLS away; so may a server that lost it.',
    ],
    finding:
      'The outgoing server on this way does not offer STARTTLS, so the password would travel in the clear.',
    solution:
      'Either let the network’s owner repair what strips STARTTLS, or change the outgoing server of her mailbox to the main one with TLS from the start. Then run the diagnosis again.',
    phone: ({ smtpHost }) =>
      `“The settings for guests say to use their relay. At home I use ${smtpHost}. No, I have not switched anything off yet.”`,
    action: 'repair_starttls',
    shownBy: 'standard',
    codes: ['tls.starttls_stripped', 'smtp.no_starttls'],
  },
  {
    caseId: 'sender_refused',
    localPart: 'priya.sharma',
    title: 'A new name, and nothing leaves',
    ticket: {
      subject: 'Cannot send any more since my name was changed',
      description:
        'Personnel changed my name to Sharma last week and I set the new address in my program. I receive everything. Every message that I send comes back at once with “rejected”. The invoices of November are waiting!\nप्रिया',
      category: 'sending',
      priority: 'urgent',
    },
    hints: [
      'Who signs in, and as whom does she send? Compare the user name with the address.',
      'The server says 5.7.1: it knows her, but not that the new address is hers.',
    ],
    finding: 'The server does not let the account send as the new address: the right was not granted.',
    solution:
      'Let the administrator allow the account priya.rao to send as priya.sharma. Then run the diagnosis again.',
    phone: () => '“I sign in as priya.rao, as always. They said the old name keeps working.”',
    action: 'allow_sender',
    shownBy: 'standard',
    codes: ['smtp.sender_refused'],
  },
  {
    caseId: 'in_junk',
    localPart: 'chidi.okonkwo',
    title: 'Customers’ mail that nobody sees',
    ticket: {
      subject: 'I am missing mails from customers',
      description:
        'A customer shouted at me because I have not answered since Thursday. I never got her mail! She showed me on the phone that she sent it. There may be more. Where does it go?\nChidi',
      category: 'spam',
      priority: 'high',
    },
    hints: [
      'Everything is green? Then follow a message: run the diagnosis and let it send a message around.',
      'Look into the Junk folder. What is in there that should not be?',
    ],
    finding: 'New mail is delivered, but into Junk: the spam filter of this mailbox is too strict.',
    solution:
      'Let the administrator relax the spam filter of this mailbox: wanted mail goes back to the inbox. Then run the diagnosis with a round trip again.',
    phone: () =>
      '“Junk? I never look there. Oh. There are forty of them. Somebody told me to set the filter to ‘maximum’ against the lottery mails.”',
    action: 'relax_spam_filter',
    shownBy: 'round_trip',
    codes: ['roundtrip.in_junk'],
  },
] as const satisfies readonly PracticeCase[]
