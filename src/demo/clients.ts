import { addressOf } from './people';

/** A client of a demo MSP, and the people who open its tickets. */
export interface DemoClient {
  externalId: string;
  name: string;
  contacts: { name: string; email: string }[];
}

/** The clients of a demo MSP, by its slug. */
export function clientsOf(slug: keyof typeof rows): DemoClient[] {
  return rows[slug].map(([name, domain, ...contacts]) => ({
    externalId: `client-${domain.split('.')[0]}`,
    name,
    contacts: contacts.map((contact) => ({ name: contact, email: addressOf(contact, domain) })),
  }));
}

const rows: Record<
  'sandbox' | 'northlight' | 'harborview',
  [name: string, domain: string, ...contacts: string[]][]
> = {
  sandbox: [
    ['Bluebird Dental Group', 'bluebirddental.example', 'Dana Whitmore', 'Louis Chen', 'Tess Ford'],
    ['Kestrel Logistics', 'kestrellogistics.example', 'Ray Sutton', 'Olga Brandt', 'Joel Hart'],
    ['Maple & Stone Architects', 'maplestone.example', 'Nina Stone', 'Gerald Fox', 'Amy Lindgren'],
    ['Ridgeway Credit Union', 'ridgewaycu.example', 'Carla Mendes', 'Scott Hale', 'Vera Nolan'],
    ['Sunfield Organic Farms', 'sunfield.example', 'Hank Miller', 'Rosie Adler', 'Paul Greer'],
  ],
  northlight: [
    ['Altstadt Apotheken', 'altstadt-apotheken.example', 'Ulrike Sommer', 'Jan Peters'],
    ['Hafenwerk Spedition', 'hafenwerk.example', 'Torsten Behrens', 'Mira Yilmaz', 'Uwe Claasen'],
    ['Atelier Fontaine', 'atelierfontaine.example', 'Elise Fontaine', 'Bruno Lacroix'],
    ['Groningen Precisie', 'groningenprecisie.example', 'Willem Bakker', 'Femke Visser'],
  ],
  harborview: [
    ['Cascade Outdoor Supply', 'cascadeoutdoor.example', 'Jill Hammond', 'Ben Ortega', 'Lena Cruz'],
    ['Pier 39 Legal', 'pier39legal.example', 'Arthur Quinn', 'Monica Reed'],
    [
      'Redwood Family Clinics',
      'redwoodclinics.example',
      'Dr. Alan Fisk',
      'Paula Grant',
      'Ed Lowry',
    ],
  ],
};
