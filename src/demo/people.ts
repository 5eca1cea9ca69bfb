import type { Agent } from '../ledger/model/ledger';

/** Someone of a demo MSP's service desk. */
export interface Person extends Pick<Agent, 'type' | 'status' | 'role' | 'timeZone' | 'sections'> {
  name: string;
  email: string;
  /** On how many of a hundred working days an occasional agent works. */
  visits: number;
  /** Does not work on the last days, so that none of their passes runs when the demo begins. */
  isAway: boolean;
}

type Row = [name: string, timeZone: string, kind?: Kind, visits?: number];
type Kind = keyof typeof kinds;

const everything = [
  ...['TICKETS', 'PROBLEMS', 'CHANGES', 'RELEASES'],
  ...['ASSETS', 'SOLUTIONS', 'REPORTS', 'ADMIN'],
];
const desk = ['TICKETS', 'PROBLEMS', 'CHANGES', 'ASSETS', 'SOLUTIONS'];

/** The people of the demo, with everything that a row does not say. */
const kinds = {
  admin: { type: 'FULL_TIME', role: 'ACCOUNT_ADMIN', sections: everything },
  fullTime: { type: 'FULL_TIME', sections: desk },
  occasional: { sections: ['TICKETS', 'SOLUTIONS'] },
  supervisor: { sections: ['TICKETS', 'CHANGES', 'REPORTS'] },
  /** May enter, but sees no ticket. */
  auditor: { sections: ['ASSETS', 'REPORTS'] },
  /** Works on the last days too, so a pass may run when the demo begins. */
  regular: { sections: ['TICKETS', 'ASSETS', 'SOLUTIONS'], isAway: false },
  occasionalAdmin: { role: 'ACCOUNT_ADMIN', sections: everything },
  invited: { status: 'INVITED', sections: ['TICKETS'] },
  /** Worked for a while, and was deactivated during the ninety days. */
  left: { status: 'DEACTIVATED', sections: ['TICKETS', 'SOLUTIONS'] },
} as const;

/** Agents whose pass may run at the end are `regular`; the others of `slug` can still enter. */
export function peopleOf(slug: keyof typeof rows): Person[] {
  return rows[slug].map(([name, timeZone, kind = 'occasional', visits = 2]) => ({
    type: 'OCCASIONAL',
    status: 'ACTIVE',
    role: 'AGENT',
    isAway: true,
    ...kinds[kind],
    name,
    timeZone,
    visits,
    email: kind === 'admin' ? `admin@${slug}.example` : addressOf(name, `${slug}.example`),
  }));
}

/** 'José Núñez' at bluebird.example is jose.nunez@bluebird.example. */
export function addressOf(name: string, domain: string): string {
  const plain = name.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
  return `${plain.replace(/[^a-z]+/g, '.')}@${domain}`;
}

const rows = {
  sandbox: [
    ['Ada Whitfield', 'America/New_York', 'admin'],
    ['Marcus Bell', 'America/New_York', 'fullTime'],
    ['Priya Raman', 'America/Chicago', 'fullTime'],
    ['Owen Gallagher', 'Europe/Dublin', 'fullTime'],
    ['Yuki Tanabe', 'Asia/Tokyo', 'fullTime'],
    ['Helen Marsh', 'America/New_York', 'occasionalAdmin', 2],
    ['Dmitri Volkov', 'Europe/Helsinki', 'regular', 13],
    ['Camila Duarte', 'America/Sao_Paulo', 'regular', 11],
    ['Noor Haddad', 'Asia/Dubai', 'regular', 12],
    ['Tomas Rojas', 'America/Santiago', 'occasional', 4],
    ['Keiko Mori', 'Asia/Tokyo', 'occasional', 3],
    ['Lucia Ferrari', 'Europe/Rome', 'occasional', 2],
    ['Samuel Osei', 'Africa/Accra'],
    ['Ingrid Solberg', 'Europe/Oslo', 'supervisor', 2],
    ['Rahul Mehta', 'Asia/Kolkata', 'occasional', 3],
    ['Bronwyn Clarke', 'Australia/Sydney', 'occasional', 2],
    ['Declan Hayes', 'America/St_Johns'],
    ['Mei-Ling Chou', 'Asia/Taipei'],
    ['Farid Nazari', 'Asia/Kabul'],
    ['Sunita Gurung', 'Asia/Kathmandu', 'occasional', 2],
    ['Amara Nwosu', 'Africa/Lagos', 'occasional', 2],
    ['Pita Faleolo', 'Pacific/Apia'],
    ['Hine Parata', 'Pacific/Auckland', 'supervisor', 2],
    ['Rosa Villalobos', 'America/Mexico_City', 'occasional', 2],
    ['Walter Brandt', 'Europe/Berlin'],
    ['Chloé Girard', 'Europe/Paris', 'occasional', 2],
    ['Ana Beltrán', 'America/Bogota', 'occasional', 2],
    ['Theo Papadakis', 'Europe/Athens'],
    ['Leila Mansour', 'Africa/Cairo', 'occasional', 2],
    ['Kofi Mensah', 'Africa/Accra'],
    ['Jonah Reyes', 'America/Los_Angeles', 'supervisor', 2],
    ['Emily Carver', 'America/Denver', 'occasional', 2],
    ['Victor Lam', 'Asia/Hong_Kong'],
    ['Siti Rahman', 'Asia/Singapore', 'occasional', 2],
    ['Mateus Pinto', 'Europe/Lisbon'],
    ['Grace Kimani', 'Africa/Nairobi', 'occasional', 2],
    ['Oliver Strand', 'Europe/Stockholm'],
    ['Naomi Fletcher', 'Europe/London', 'supervisor', 2],
    ['Hugo Lindqvist', 'Europe/Stockholm'],
    ['Renata Kowalska', 'Europe/Warsaw'],
    ['Caleb Whitaker', 'America/Phoenix'],
    ['Irene Costa', 'Europe/Madrid'],
    ['Tadeo Quispe', 'America/Lima'],
    ['Makoto Arai', 'Asia/Tokyo'],
    ['Judith Engel', 'Europe/Vienna', 'auditor'],
    ['Peter Vance', 'America/Toronto', 'auditor'],
    ['Zanele Dube', 'Africa/Johannesburg', 'left', 2],
    ['Brian Oconnor', 'America/Chicago', 'left', 2],
    ['Selin Aydin', 'Europe/Istanbul', 'invited'],
    ['Hannah Weiss', 'Europe/Zurich', 'invited'],
  ],
  northlight: [
    ['Jonas Keller', 'Europe/Berlin', 'admin'],
    ['Katrin Vogel', 'Europe/Berlin', 'fullTime'],
    ['Anneke de Boer', 'Europe/Amsterdam', 'fullTime'],
    ['Marta Silva', 'Europe/Lisbon', 'occasional', 20],
    ['Piotr Zielinski', 'Europe/Warsaw', 'regular', 24],
    ['Eva Horáková', 'Europe/Prague', 'occasional', 12],
    ['Luca Moretti', 'Europe/Rome', 'occasional', 10],
    ['Sofie Lund', 'Europe/Copenhagen', 'supervisor', 14],
    ['Matti Korhonen', 'Europe/Helsinki', 'occasional', 8],
    ['Claire Dubois', 'Europe/Paris', 'occasional', 10],
    ['Stefan Gruber', 'Europe/Vienna', 'occasionalAdmin', 6],
    ['Ioana Popescu', 'Europe/Bucharest', 'auditor'],
    ['Nils Hofmann', 'Europe/Berlin', 'left', 10],
    ['Eleni Vasileiou', 'Europe/Athens', 'invited'],
  ],
  harborview: [
    ['Grace Okafor', 'America/Los_Angeles', 'admin'],
    ['Daniel Park', 'America/Los_Angeles', 'fullTime'],
    ['Melissa Tran', 'America/Denver', 'fullTime'],
    ['Liam Tremblay', 'America/Vancouver', 'occasional', 16],
    ['Kai Nakamura', 'Pacific/Honolulu', 'regular', 22],
    ['Diego Salazar', 'America/Tijuana', 'occasional', 14],
    ['Rebecca Stone', 'America/Anchorage', 'occasional', 8],
    ['Aaron Blackwood', 'America/Phoenix', 'supervisor', 10],
    ['Tyler Jensen', 'America/Boise', 'occasional', 8],
    ['Wendy Cho', 'America/Los_Angeles', 'occasional', 10],
    ['Frances Delgado', 'America/Chicago', 'occasionalAdmin', 5],
    ['Ruth Abrams', 'America/New_York', 'auditor'],
    ['Gavin Moss', 'America/Denver', 'left', 8],
    ['Nadia Petrova', 'America/Los_Angeles', 'invited'],
  ],
} satisfies Record<string, Row[]>;
