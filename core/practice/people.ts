/** The invented company that trainees practise on. Its domain can never be a real one (RFC 2606). */
export const company = {
  name: 'Lantern & Quay',
  domain: 'lanternquay.example',
  trade: 'makers of harbour lights since 1889',
} as const

/** Languages that people of the company write in. */
export type Language = 'en' | 'pt' | 'ja' | 'uk' | 'ar' | 'ga' | 'el' | 'ko' | 'hi' | 'he' | 'is'

/** Somebody who works at the company. `localPart` is the address before the @. */
export interface CompanyPerson {
  readonly localPart: string
  readonly name: string
  readonly role: string
  readonly language: Language
}

/** Everybody, in the order of the company's telephone list. */
export const people = [
  { localPart: 'ana.lima', name: 'Ana Lima', role: 'Sales, Lisbon', language: 'pt' },
  { localPart: 'misaki.tanaka', name: '田中 美咲', role: 'Lens design', language: 'ja' },
  { localPart: 'olena.koval', name: 'Олена Коваль', role: 'Branch office, Odesa', language: 'uk' },
  { localPart: 'youssef.haddad', name: 'يوسف الحداد', role: 'Purchasing', language: 'ar' },
  { localPart: 'chidi.okonkwo', name: 'Chidi Okonkwo', role: 'Customer care', language: 'en' },
  { localPart: 'siobhan.nibhriain', name: 'Siobhán Ní Bhriain', role: 'Fitter, travelling', language: 'ga' },
  { localPart: 'giorgos.papadakis', name: 'Γιώργος Παπαδάκης', role: 'Shipping', language: 'el' },
  { localPart: 'seoyeon.kim', name: '김서연', role: 'Marketing', language: 'ko' },
  { localPart: 'priya.sharma', name: 'प्रिया शर्मा', role: 'Accounts', language: 'hi' },
  { localPart: 'dana.levy', name: 'דנה לוי', role: 'Personnel', language: 'he' },
  { localPart: 'thordis.jonsdottir', name: 'Þórdís Jónsdóttir', role: 'Managing director', language: 'is' },
  { localPart: 'helpdesk', name: 'Helpdesk', role: 'The mail desk itself', language: 'en' },
] as const satisfies readonly CompanyPerson[]

/** One of them. */
export type Colleague = (typeof people)[number]

/** The local part of somebody's address. */
export type LocalPart = Colleague['localPart']

/** An address at the company. */
export function addressOf(localPart: string): string {
  return `${localPart}@${company.domain}`
}
