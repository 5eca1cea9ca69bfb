/** The people of accounts that are made by the thousand. Their number keeps the addresses apart. */
export function nameOf(number: number): string {
  const first = firstNames[number % firstNames.length];
  const last = lastNames[Math.floor(number / firstNames.length) % lastNames.length];
  return `${first} ${last}`;
}

const firstNames = [
  ...['Aisha', 'Alan', 'Beatriz', 'Bilal', 'Carmen', 'Chen', 'Dagmar', 'Dario', 'Edith', 'Emeka'],
  ...['Fatima', 'Felix', 'Gita', 'Goran', 'Hana', 'Hector', 'Imani', 'Ivan', 'Jelena', 'Joao'],
  ...['Karin', 'Kwame', 'Laila', 'Lars', 'Maeve', 'Minh', 'Nora', 'Nuno', 'Olivia', 'Omar'],
  ...['Paola', 'Pavel', 'Quentin', 'Rania', 'Ravi', 'Sara', 'Sven', 'Thandi', 'Umar', 'Yara'],
];

const lastNames = [
  ...['Abebe', 'Almeida', 'Andersen', 'Bauer', 'Bianchi', 'Castillo', 'Chandra', 'Cohen'],
  ...['Dawson', 'Eriksson', 'Fernandes', 'Fischer', 'Garcia', 'Greene', 'Haas', 'Ibrahim'],
  ...['Jansen', 'Kaur', 'Kim', 'Kovacs', 'Lopez', 'Malik', 'Moreau', 'Nguyen', 'Novak'],
  ...['Okoye', 'Olsen', 'Park', 'Patel', 'Quinn', 'Reid', 'Rossi', 'Santos', 'Sato', 'Singh'],
  ...['Tanaka', 'Torres', 'Usman', 'Vargas', 'Weber', 'Wood', 'Yilmaz', 'Zhang', 'Zimmer'],
];
