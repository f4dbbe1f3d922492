import type { TicketCategory } from '../../../../core/tickets/types.ts'

/** Invented people of an invented company, in several scripts. */
export const firstNames =
  'Ana Bo Chiara Dmitri Edda Farid Greta Hassan Ines Jonas Kaja Liam Mina Noor Odile Pavel Quinn Rosa Søren Thandi Uma Viktor Wanda Ximena Yusuf Zoë ليلى יעל Ольга 美咲 Ελένη 지훈'.split(
    ' ',
  )
export const lastNames =
  'Adeyemi Berg Costa Dubois Eriksen Fischer García Haddad Ivanova Jansen Kowalska Lindqvist Moreau Nakamura Okafor Petrov Rossi Schmidt Tanaka Ueda Vargas Weber Yılmaz Zieliński الحسن כהן'.split(
    ' ',
  )

/** Technicians of the invented desk. */
export const technicians = [
  'Mara Lindt',
  'Tom Achieng',
  'Ilse Novak',
  'Ravi Menon',
  'Júlia Prado',
  'Ben Carver',
].map((name) => ({
  name,
  email: `${
    name
      .split(' ')[0]
      ?.normalize('NFD')
      .replace(/\P{ASCII}/gu, '')
      .toLowerCase() ?? ''
  }@desk.example`,
}))

/** What an invented problem is made of. */
export interface Problem {
  readonly subjects: readonly string[]
  readonly descriptions: readonly string[]
  readonly notes: readonly string[]
  readonly replies: readonly string[]
}

export const tagWords = [
  'vip',
  'branch office',
  'repeat',
  'phone',
  'migration',
  'waiting for provider',
] as const

/** What to ask or say in any case. */
export const anyReply = [
  'Thank you. Please restart the mail program once and tell me whether it works now.',
  'I have changed the setting on our side. It takes up to ten minutes until your devices notice.',
  'Could you send me the exact words of the message, or a picture of it?',
  'The provider confirms that it is solved. I leave this ticket pending until you have seen it work.',
] as const

export const problems: Readonly<Record<TicketCategory, Problem>> = {
  access: {
    subjects: [
      'Cannot sign in since the password change',
      'Outlook keeps asking for the password',
      'Sign-in refused on the phone',
      'Two-step code never arrives',
    ],
    descriptions: [
      'Since this morning the program asks for my password again and again.',
      'I changed my password yesterday and now only the browser works.',
    ],
    notes: [
      'Server answers AUTHENTICATIONFAILED. Old password still in the phone.',
      'Account is not locked; sign-in from the web works.',
    ],
    replies: [
      'Please enter the new password on the phone under Settings, Mail, Accounts.',
      'Your account was locked after too many attempts; it is open again.',
    ],
  },
  device_setup: {
    subjects: [
      'Set up mail on a new phone',
      'New laptop needs the shared mailbox',
      'Which server names do I need',
    ],
    descriptions: [
      'I have a new phone and do not know the server names.',
      'The old laptop is gone, please set up mail on the new one.',
    ],
    notes: ['Autoconfig answers; phone ignores it. Given host and ports by phone.'],
    replies: [
      'Use imap.harbour.example on port 993 with TLS, and smtp.harbour.example on port 587 with STARTTLS.',
    ],
  },
  storage: {
    subjects: ['Mailbox is full', 'Warning about storage at 95 %', 'Cannot receive because of quota'],
    descriptions: [
      'Everyone gets “mailbox full” when they write to me.',
      'I deleted many mails but the warning stays.',
    ],
    notes: [
      'Quota 100 %. Trash alone holds 6 GB.',
      'Archived 2019–2022 and verified before anything was removed.',
    ],
    replies: ['Your older mail is archived and can be searched. There are 8 GB free again.'],
  },
  spam: {
    subjects: [
      'Invoices land in junk',
      'Flood of spam since Monday',
      'Newsletter that I want is marked as spam',
    ],
    descriptions: [
      'Mail from our supplier is in the junk folder every time.',
      'I get two hundred spam messages a day.',
    ],
    notes: ['SPF fails for the supplier’s new sender. Told their admin.'],
    replies: ['The sender’s domain did not list its new mail server. I have told them what to publish.'],
  },
  sending: {
    subjects: [
      'Messages stay in the outbox',
      'Sending refused: relaying denied',
      'Cannot send to one customer',
    ],
    descriptions: [
      'Nothing leaves my outbox since lunch.',
      'I get “relay access denied” when I write to a customer.',
    ],
    notes: [
      'Port 25 is used without sign-in; the hotel network blocks it.',
      '550 5.7.1 from the customer’s gateway; our address is listed.',
    ],
    replies: ['The program was set to port 25. Please change it to 587 with sign-in.'],
  },
  receiving: {
    subjects: ['No mail since yesterday', 'Customer’s messages do not arrive', 'Mail arrives hours late'],
    descriptions: [
      'A customer says that he wrote three times, and I have nothing.',
      'Messages come with four hours of delay.',
    ],
    notes: [
      'MX points to the old provider at one of two name servers.',
      'Greylisting at our gateway; sender retries only every four hours.',
    ],
    replies: [
      'One of your name servers had an old entry. It is corrected, the delayed mail is arriving now.',
    ],
  },
  attachments: {
    subjects: ['Attachment too large', 'winmail.dat instead of a document', 'PDF cannot be opened'],
    descriptions: ['The drawing has 40 MB and is refused.', 'The customer’s files arrive as winmail.dat.'],
    notes: ['SIZE 26214400 announced; base64 adds a third.'],
    replies: ['The limit is 25 MB, and files grow by a third on the way. Please share it by link.'],
  },
  sync: {
    subjects: [
      'Phone shows old messages',
      'Deleted mail comes back',
      'Sent folder is different on both devices',
    ],
    descriptions: [
      'What I delete on the laptop is still on the phone.',
      'Sent mail from the phone is not on the laptop.',
    ],
    notes: ['Two Sent folders; phone uses “Sent Messages”. UIDVALIDITY changed after the restore.'],
    replies: ['Both devices now use the same Sent folder. Please refresh it once.'],
  },
  routing: {
    subjects: [
      'Forwarding loop',
      'Please forward mail of a colleague on leave',
      'Shared address does not reach everybody',
    ],
    descriptions: [
      'Mail to sales@ reaches only two of five people.',
      'Please forward my mail to Ines until March.',
    ],
    notes: ['Alias lists a person who left. Hop count exceeded in the bounce.'],
    replies: ['The group is corrected, and all five of you get a test message from me.'],
  },
  security: {
    subjects: ['Suspicious message from the director', 'Mail sent in my name', 'Clicked on a strange link'],
    descriptions: [
      'I got a message from the director that asks for gift cards.',
      'Customers receive mail from me that I did not write.',
    ],
    notes: ['Sign-ins from an unknown network at 03:12. Password changed, sessions ended.'],
    replies: ['You did right to ask. I ended all sessions; please set a new password now.'],
  },
  account: {
    subjects: ['New employee starts on Monday', 'Employee has left', 'Change of name after marriage'],
    descriptions: [
      'Please make a mailbox for a new colleague.',
      'Our colleague left on Friday, please keep the mail.',
    ],
    notes: ['Mailbox archived and verified, then the licence was given back.'],
    replies: ['The mailbox is ready. The first password comes by phone.'],
  },
  other: {
    subjects: [
      'Question about signatures',
      'Printer sends no scans by mail',
      'Calendar invitations look odd',
    ],
    descriptions: [
      'The scanner says “connection failed” when it sends to me.',
      'How do I change the signature for everybody?',
    ],
    notes: ['Scanner speaks TLS 1.0 only.'],
    replies: ['The scanner is too old for our server’s encryption. I gave it a way in of its own.'],
  },
}
