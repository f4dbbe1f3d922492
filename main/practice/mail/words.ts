import type { Language } from '../../../core/practice/people.ts'

/** What people write to each other, by language: subjects, sentences, an old charset that it fits in. */
export interface Phrases {
  readonly charset: string
  readonly subjects: readonly string[]
  readonly sentences: readonly string[]
}

/** Enough for mail that looks written; nobody has to be able to read all of it. */
export const phrases: Readonly<Record<Language, Phrases>> = {
  en: {
    charset: 'windows-1252',
    subjects: ['Lens order 4471', 'Storm at the north pier', 'Minutes of Monday', 'Lamp stock before winter'],
    sentences: [
      'The crane comes on Thursday.',
      'Could you look at the figures again?',
      'The lamp at the north pier flickers — again.',
      'I have attached what the yard sent.',
      'Thanks, that was quick.',
    ],
  },
  pt: {
    charset: 'iso-8859-1',
    subjects: ['Orçamento para o Porto', 'Reunião de terça-feira', 'Entrega das lanternas'],
    sentences: [
      'Segue em anexo o orçamento.',
      'O cliente pergunta pela data de entrega.',
      'Podemos falar amanhã às dez?',
      'Não é urgente, mas é importante.',
    ],
  },
  ja: {
    charset: 'iso-2022-jp',
    subjects: ['レンズの図面について', '来週の打ち合わせ', '灯台の部品'],
    sentences: [
      '図面を添付します。',
      '納期をご確認ください。',
      'よろしくお願いいたします。',
      '来週の火曜日はいかがでしょうか。',
    ],
  },
  uk: {
    charset: 'koi8-u',
    subjects: ['Звіт за листопад', 'Поставка ламп в Одесу', 'Графік ремонту маяка'],
    sentences: [
      'Надсилаю звіт.',
      'Кораблі чекають на світло.',
      'Чи можемо перенести зустріч?',
      'Дякую, усе отримали.',
    ],
  },
  ar: {
    charset: 'windows-1256',
    subjects: ['عرض أسعار الزجاج', 'موعد التسليم', 'عقد المورد'],
    sentences: [
      'أرفق لكم عرض الأسعار.',
      'متى يصل الزجاج؟',
      'شكرا على سرعة الرد.',
      'نحتاج إلى موافقتكم اليوم.',
    ],
  },
  ga: {
    charset: 'iso-8859-1',
    subjects: ['Solas an teach solais', 'Turas go Fastnet', 'Páirteanna breise'],
    sentences: [
      'Tá an solas ag obair arís.',
      'Beidh mé ar ais Dé hAoine.',
      'Ceangailte tá na pictiúir.',
      'Go raibh maith agat.',
    ],
  },
  el: {
    charset: 'iso-8859-7',
    subjects: ['Φορτωτική για Πειραιά', 'Άφιξη πλοίου', 'Τιμολόγιο μεταφοράς'],
    sentences: [
      'Το πλοίο φτάνει αύριο.',
      'Επισυνάπτω τη φορτωτική.',
      'Περιμένω απάντηση σήμερα.',
      'Ευχαριστώ πολύ.',
    ],
  },
  ko: {
    charset: 'utf-8',
    subjects: ['전시회 준비', '새 카탈로그', '등대 사진 요청'],
    sentences: [
      '카탈로그 초안을 보냅니다.',
      '사진을 금요일까지 받을 수 있을까요?',
      '확인 부탁드립니다.',
      '감사합니다.',
    ],
  },
  hi: {
    charset: 'utf-8',
    subjects: ['नवंबर के बिल', 'भुगतान की तारीख', 'खाते का मिलान'],
    sentences: ['बिल संलग्न है।', 'कृपया आज जाँच लें।', 'भुगतान शुक्रवार को होगा।', 'धन्यवाद।'],
  },
  he: {
    charset: 'windows-1255',
    subjects: ['חוזה עבודה חדש', 'ימי חופשה', 'הדרכת בטיחות'],
    sentences: ['מצורף החוזה.', 'נא לאשר עד יום חמישי.', 'ההדרכה תתקיים במחסן.', 'תודה רבה.'],
  },
  is: {
    charset: 'iso-8859-1',
    subjects: ['Ársfjórðungsuppgjör', 'Heimsókn í vitann', 'Fundur stjórnar'],
    sentences: [
      'Uppgjörið er í viðhengi.',
      'Þetta lítur vel út.',
      'Hittumst í vitanum á föstudag.',
      'Takk fyrir skjót svör.',
    ],
  },
}

/** What comes from outside and nobody asked for. */
export const junkLines = [
  [
    'You have won the harbour lottery',
    'Dear friend, your address has won 4,500,000. Send your particulars at once.',
  ],
  ['Cheap lamp oil!!! 90% off', 'Only today. Only you. Reply with your card number.'],
  ['Your mailbox will be deleted', 'Dear user, verify your password within 24 hours or lose everything.'],
  ['Invoice overdue (final)', 'See the attached file. Enable macros to read it.'],
] as const

/** Customers outside of the company; their domains cannot exist (RFC 2606). */
export const customers = [
  { name: 'Marta Nowak', address: 'marta@northpier.example' },
  { name: 'Harbour Office, Porto', address: 'porto@harbours.example' },
  { name: 'Glassworks Weber', address: 'office@glasswerk-weber.example' },
  { name: 'Captain Eriksen', address: 'eriksen@fjordline.example' },
] as const
