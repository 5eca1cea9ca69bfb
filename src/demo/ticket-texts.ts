import type { TicketRow } from '../db/tables/ticket';
import type { Random } from './random';

/** Typical requests to a service desk, with places, devices and programs. */
export function writeTicket(random: Random, requester: string) {
  const [priority, subject, description] = random.pick(topics);
  const words: Record<string, string> = {
    place: random.pick(places),
    device: random.pick(devices),
    app: random.pick(apps),
    person: random.pick(colleagues),
    minutes: String(random.integer(2, 45)),
    room: String(random.integer(2, 6) * 100 + random.integer(1, 24)),
  };
  const fill = (text: string) => text.replace(/\{(\w+)\}/g, (_, word: string) => words[word] ?? '');
  // 'the ERP client' may begin it.
  const filled = fill(subject);
  const [firstName] = requester.replace('Dr. ', '').split(' ');
  return {
    priority,
    subject: filled.charAt(0).toUpperCase() + filled.slice(1),
    description: `${fill(description)}\n\nThanks, ${firstName}`,
  };
}

const places = [
  'the front office',
  'the warehouse',
  'reception',
  'the second floor',
  'accounting',
].concat(['the branch office', 'the workshop', 'the meeting rooms', 'the back office']);
const devices = ['ThinkPad T14', 'Surface Pro', 'MacBook Air', 'OptiPlex desktop', 'Latitude 5440'];
const apps = ['Outlook', 'Teams', 'Excel', 'the ERP client', 'QuickBooks', 'SharePoint', 'Acrobat'];
const colleagues = [
  'our new bookkeeper',
  'the trainee',
  'our sales manager',
  'a contractor',
].concat(['the new office manager', 'a colleague back from leave']);

const topics: [priority: TicketRow['priority'], subject: string, description: string][] = [
  [
    'HIGH',
    'VPN drops every {minutes} minutes from home',
    'Since this week the VPN disconnects after about {minutes} minutes. Reconnecting works, but every transfer to the file server starts over.',
  ],
  [
    'MEDIUM',
    'VPN client asks for a certificate on a {device}',
    'After the last update the VPN client on my {device} asks which certificate to use. None of the ones in the list works.',
  ],
  [
    'URGENT',
    'Nobody in {place} can reach the VPN',
    'All of {place} gets "gateway not responding". Mobile hotspots work, so it may be our line.',
  ],
  [
    'LOW',
    'VPN access for {person}',
    'Please give {person} VPN access from Monday on. The manager has approved it by e-mail.',
  ],
  [
    'MEDIUM',
    'Printer in {place} prints blank pages',
    'The printer in {place} pulls paper and puts it out blank. We changed the toner yesterday.',
  ],
  [
    'LOW',
    'Printer in room {room} is offline',
    'Windows shows the printer in room {room} as offline although its display says ready. A restart did not help.',
  ],
  [
    'MEDIUM',
    'Scan to e-mail stopped working in {place}',
    'Scanning to e-mail from the copier in {place} ends with "authentication failed" since the password policy changed.',
  ],
  [
    'LOW',
    'Label printer needs a driver on a {device}',
    'The new {device} does not know the label printer. The old computer had it on a shared queue.',
  ],
  [
    'HIGH',
    '{app} crashes when opening an attachment',
    '{app} closes without a message as soon as I open a PDF attachment. It happens on my {device} only.',
  ],
  [
    'MEDIUM',
    '{app} is very slow since the update',
    '{app} needs {minutes} minutes to open in the morning. Everything else on the {device} is quick.',
  ],
  [
    'MEDIUM',
    '{app} asks for my password again and again',
    'I enter my password, {app} accepts it, and a few minutes later it asks again. Multi-factor works.',
  ],
  [
    'LOW',
    'Please install {app} on a {device}',
    'Please install {app} on the {device} in {place}. We have a free licence for it.',
  ],
  [
    'MEDIUM',
    'Microsoft 365 licence for {person}',
    'We need a Microsoft 365 Business Standard licence for {person}, starting on the first of the month.',
  ],
  [
    'MEDIUM',
    'Shared mailbox is missing in Outlook',
    'The shared mailbox for {place} disappeared from my folder list. Colleagues still see it.',
  ],
  [
    'LOW',
    'Distribution list for {place}',
    'Could you make a distribution list for {place}? I will send you the eight addresses.',
  ],
  [
    'HIGH',
    'Mails to a supplier bounce with a DMARC error',
    'Our mails to one supplier come back with "rejected by DMARC policy". Invoices are stuck because of it.',
  ],
  [
    'MEDIUM',
    'OneDrive does not sync on a {device}',
    'OneDrive shows "processing changes" for {minutes} minutes and never finishes. About 12 GB are free.',
  ],
  [
    'LOW',
    'Teams camera stays black in room {room}',
    'In room {room} the Teams camera stays black; sound works. The cable was swapped already.',
  ],
  [
    'URGENT',
    'Nightly backup failed three times',
    'The backup report says "failed" for the third night in a row. The last good copy is from Friday.',
  ],
  [
    'MEDIUM',
    'Please restore a folder of {place}',
    'Somebody deleted the folder with the templates of {place}. Yesterday noon it was still there.',
  ],
  [
    'HIGH',
    'Backup drive is at 96 percent',
    'The monthly report shows the backup drive at 96 percent. Please tell us what can go, or what to order.',
  ],
  [
    'LOW',
    'Proof of a backup test for our auditor',
    'Our auditor wants to see that a restore was tested this year. Is there a short report we can hand over?',
  ],
  [
    'MEDIUM',
    'Onboarding: account and {device} for {person}',
    'Please prepare an account, mailbox and a {device} for {person}. Same rights as the rest of {place}.',
  ],
  [
    'MEDIUM',
    'Offboarding: close an account in {place}',
    'A colleague of {place} leaves on Friday. Please forward the mailbox for 30 days and collect the {device}.',
  ],
  [
    'LOW',
    'New door badge for {person}',
    'Please activate a badge for {person}: main entrance and {place}, working hours only.',
  ],
  [
    'HIGH',
    'Locked out after changing my password',
    'I changed my password yesterday and now the {device} does not take the old or the new one.',
  ],
  [
    'MEDIUM',
    'New phone, authenticator does not work',
    'I have a new phone and the authenticator app has no entries. I cannot sign in to anything.',
  ],
  [
    'URGENT',
    'Suspicious mail: somebody entered a password',
    'One of us clicked a "voicemail" link and typed the password. We have switched off the {device} for now.',
  ],
  [
    'HIGH',
    'Antivirus quarantined {app}',
    'The antivirus put a part of {app} into quarantine on two computers in {place}. Is it a false alarm?',
  ],
  [
    'LOW',
    'Is this mail from our bank real?',
    'I received a mail about a new payment file format. It looks right, but the sender is new. May I open it?',
  ],
  [
    'HIGH',
    'Wi-Fi in {place} is down',
    'The access point in {place} blinks orange and no device finds the network. Cable connections work.',
  ],
  [
    'MEDIUM',
    'Slow internet in {place} in the afternoon',
    'Between two and four the line in {place} is hardly usable; calls break up. A speed test shows 3 Mbit/s.',
  ],
  [
    'LOW',
    'Guest Wi-Fi voucher for a workshop',
    'We have 25 guests in room {room} on Thursday. Please send us vouchers for one day.',
  ],
  [
    'URGENT',
    'File server does not respond',
    'Nobody can open the shared drives since this morning. The server room is quiet, one disk light is red.',
  ],
  [
    'MEDIUM',
    'No rights to the folder of {place}',
    'I moved to {place} and cannot open its folder: "access denied". My manager agrees that I should.',
  ],
  [
    'MEDIUM',
    'Phone in room {room} has no dial tone',
    'The desk phone in room {room} shows "registering" and has no dial tone. The network cable is in.',
  ],
  [
    'LOW',
    'Voicemail greeting for {place}',
    'Please record a new greeting for {place}: closed from December 24 to January 2.',
  ],
  [
    'MEDIUM',
    '{device} battery lasts {minutes} minutes',
    'The battery of my {device} is empty after {minutes} minutes. It is still under warranty, I think.',
  ],
  [
    'LOW',
    'Second monitor flickers at the docking station',
    'The left monitor flickers when the {device} is docked. With another cable it is the same.',
  ],
  [
    'LOW',
    'Quote for three {device} computers',
    'We would like to replace three computers in {place}. Please send a quote for the {device} with docking stations.',
  ],
  [
    'MEDIUM',
    'Certificate of our website expires soon',
    'The browser warns that our certificate ends in {minutes} days. Who renews it, you or the agency?',
  ],
  [
    'HIGH',
    'Payroll export ends with an error',
    'The export from {app} stops at 80 percent with "timeout". Salaries have to leave tomorrow.',
  ],
];
