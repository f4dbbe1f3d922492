import type { PracticeCase } from './cases.ts'

/** Cases about getting into a mailbox at all. */
export const accessCases = [
  {
    caseId: 'wrong_server_name',
    localPart: 'ana.lima',
    title: 'New phone, no mail',
    ticket: {
      subject: 'Mail does not work on my new phone!!',
      description:
        'I got the new phone yesterday and set the mail up exactly as on the old one, I swear. It only says “cannot connect to server”. I have customers in Porto waiting for quotes since this morning. Please hurry.\nAna',
      category: 'device_setup',
      priority: 'high',
    },
    hints: [
      'The password is not the problem: nobody has been asked for it yet. Look at the first rung that fails.',
      'Compare the server names in the mailbox with those that the domain publishes.',
    ],
    finding: 'The name of the incoming mail server does not exist: it was mistyped.',
    solution:
      'In People, correct the incoming server of Ana’s mailbox to the name that the company publishes (imap.lanternquay.example) and run the diagnosis again.',
    phone: ({ imapHost, smtpHost }) =>
      `“Wait, I have the welcome letter here. Incoming: ${imapHost}. Outgoing: ${smtpHost}. Oh. I may have typed that from memory.”`,
    action: null,
    shownBy: 'standard',
    codes: ['settings.server_name_wrong', 'dns.host_not_found', 'dns.host_no_address'],
  },
  {
    caseId: 'password_changed',
    localPart: 'misaki.tanaka',
    title: 'The password that was right yesterday',
    ticket: {
      subject: 'パスワードが違うと言われます / It says my password is wrong',
      description:
        'Since this morning my computer asks for the password again and again. I type it correctly every time. My colleague says the server is broken. I have to send drawings to the glassworks by noon.\n田中',
      category: 'access',
      priority: 'high',
    },
    hints: [
      'Everything works up to the sign-in. Read the server’s own answer.',
      'Ask her when she last changed it, and where. Phone her.',
    ],
    finding: 'The server refuses the password: it was changed, and this program still uses the old one.',
    solution:
      'Phone Misaki: she tells you that she changed the password in the web portal, and the new one. Enter it for her mailbox in People and run the diagnosis again.',
    phone: ({ password }) =>
      `“Ah, the portal made me choose a new one last night. I never connected the two. It is ${password} now. Should I not have told you that on the phone?”`,
    action: null,
    shownBy: 'standard',
    codes: ['imap.auth_failed', 'smtp.auth_failed'],
  },
  {
    caseId: 'imap_disabled',
    localPart: 'giorgos.papadakis',
    title: 'Webmail yes, program no',
    ticket: {
      subject: 'Webmail works, my mail program does not',
      description:
        'In the browser I can see everything. My mail program refuses to sign in, with the same password, I have tried it ten times. This is absurd. Ships do not wait.\nΓιώργος',
      category: 'account',
      priority: 'normal',
    },
    hints: [
      'The server answers to the sign-in with a code. It is not the one for a wrong password.',
      'CONTACTADMIN means that only an administrator can change it.',
    ],
    finding: 'The password is right, but IMAP is switched off for this account.',
    solution: 'Let the administrator enable IMAP for Giorgos’ account, then run the diagnosis again.',
    phone: () =>
      '“Yes, the web page works, I am reading it now. No, I never used this program before this week, I had the other computer.”',
    action: 'enable_imap',
    shownBy: 'standard',
    codes: ['imap.contact_admin', 'imap.not_enabled'],
  },
  {
    caseId: 'too_many_connections',
    localPart: 'seoyeon.kim',
    title: 'It works at lunch',
    ticket: {
      subject: '메일이 가끔만 됩니다 / Mail only works sometimes',
      description:
        'On my laptop mail stops all the time. Early in the morning it works. When I come back from lunch it works for a minute. I have mail on the laptop, two phones, the tablet, the old tablet and the screen in the showroom, and everything is slow.\n서연',
      category: 'sync',
      priority: 'normal',
    },
    hints: [
      'What does the server say to the sign-in, word for word?',
      'Count the devices in her ticket. The old tablet is nobody’s any more.',
    ],
    finding: 'The account has as many sessions open as the server allows: forgotten devices hold them.',
    solution:
      'Let the administrator close the old sessions of this account (and sign the forgotten devices out), then run the diagnosis again.',
    phone: () =>
      '“The old tablet? It is in a drawer. And the showroom screen, I think it shows my mail to the cleaners.”',
    action: 'close_sessions',
    shownBy: 'standard',
    codes: ['imap.too_many_connections'],
  },
] as const satisfies readonly PracticeCase[]
