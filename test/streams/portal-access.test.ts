import { Pool } from 'pg';
import { nodeId } from '../../src/api/node';
import { newId } from '../../src/core/ids';
import { DatabaseClock } from '../../src/db/database-clock';
import {
  ChangeAgentDocument,
  ConvertDocument,
  DeactivateDocument,
  WatchGateDocument,
  ImportTicketsDocument,
  ReactivateDocument,
  SetWalletDocument,
  TakeBackDocument,
  WhereItStandsDocument,
  type WatchGateSubscription,
} from '../generated/operations';
import type { Desk } from '../support/desk/desk';
import type { Received } from '../support/desk/socket';
import {
  act,
  advanceTo,
  agentNode,
  openStreamSite,
  whileLocked,
  type StreamSite,
} from '../support/desk/streams';
import { size } from '../support/size';

let at: StreamSite;

beforeAll(async () => {
  at = await openStreamSite();
});

afterEach(() => at.closeSockets());
afterAll(() => at.close());

type Gate = Received<WatchGateSubscription>;
const nextOf = async (gate: Gate) => (await gate.next()).portalAccessChanged;

async function expectRequired(gate: Gate): Promise<void> {
  const access = await nextOf(gate);
  // Only a query gives a confirmation.
  expect(access).toMatchObject({ __typename: 'DayPassRequired', confirmation: null });
}

const expectDenied = async (gate: Gate, reason: string) =>
  expect(await nextOf(gate)).toMatchObject({ __typename: 'PortalAccessDenied', reason });

const expectGranted = async (gate: Gate, basis: string) =>
  expect(await nextOf(gate)).toMatchObject({ __typename: 'PortalAccessGranted', basis });

/** The gate of the desk's agent, at the other process; its present decision is still to come. */
const gateOf = (desk: Desk, person = desk.agent): Gate =>
  at.connect(person, at.there).subscribe(WatchGateDocument);

const setWallet = async (desk: Desk, change: object) => {
  const { dayPassWallet } = await act(desk, WhereItStandsDocument, {});
  const input = { walletId: dayPassWallet!.id, ...change };
  const { updateDayPassWallet } = await act(desk, SetWalletDocument, { input });
  expect(updateDayPassWallet?.userErrors).toEqual([]);
};

test('the gate opens in every tab when a pass is used in one of them', async () => {
  const desk = await at.site.openDesk({ passes: 1 });
  const tabs = [at.connect(desk.agent), at.connect(desk.agent, at.there)];
  const gates = tabs.map((tab) => tab.subscribe(WatchGateDocument));
  for (const gate of gates) await expectRequired(gate);
  const { consumption } = await desk.enter(desk.agent);
  for (const gate of gates) {
    expect(await nextOf(gate)).toMatchObject({
      basis: 'DAY_PASS',
      until: consumption.expiresAt,
      dayPass: { id: consumption.id },
    });
  }
});

test('the gate shuts at midnight and asks for the next pass', async () => {
  const desk = await at.site.openDesk({ passes: 2 });
  const gate = gateOf(desk);
  await expectRequired(gate);
  const { consumption } = await desk.enter(desk.agent);
  await expectGranted(gate, 'DAY_PASS');
  await advanceTo(desk, consumption.expiresAt);
  await expectRequired(gate);
  await desk.enter(desk.agent);
  await expectGranted(gate, 'DAY_PASS');
});

test('a pass that ends at midnight has not ended early, even if the clock of the process is behind', async () => {
  const desk = await at.site.openDesk({ passes: 2 });
  const gate = at.connect(desk.agent).subscribe(WatchGateDocument);
  await expectRequired(gate);
  const { consumption } = await desk.enter(desk.agent);
  await expectGranted(gate, 'DAY_PASS');
  const { nowMs } = DatabaseClock.prototype;
  const behind = jest.spyOn(DatabaseClock.prototype, 'nowMs').mockImplementation(function (
    this: DatabaseClock,
  ) {
    return nowMs.call(this) - 30_000;
  });
  try {
    await advanceTo(desk, consumption.expiresAt);
    const access = await nextOf(gate);
    expect(access.__typename).toBe('DayPassRequired');
    expect(Date.parse(access.now)).toBeGreaterThanOrEqual(Date.parse(consumption.expiresAt));
    // The pop-up is for the new day.
    const { passExpiresAt } = await desk.confirmation(desk.agent);
    expect(Date.parse(passExpiresAt)).toBeGreaterThan(Date.parse(consumption.expiresAt));
  } finally {
    behind.mockRestore();
  }
});

test('the gate shuts at midnight even if the end of the pass cannot be written', async () => {
  const desk = await at.site.openDesk({ passes: 2 });
  const { consumption } = await desk.enter(desk.agent);
  const gate = gateOf(desk);
  await expectGranted(gate, 'DAY_PASS');
  // A machine so slow that midnight comes before the lock is no fault of the gate's.
  await advanceTo(desk, Date.parse(consumption.expiresAt) - 3_000);
  await whileLocked(desk, async () => {
    await expectRequired(gate);
  });
  const { account } = await act(desk, WhereItStandsDocument, {});
  expect(Date.parse(account.now)).toBeGreaterThanOrEqual(Date.parse(consumption.expiresAt));
});

describe('many gates that wake at one moment share their queries:', () => {
  const many = size(20, 40);

  /** How many statements read the facts of gates while `run` runs. */
  async function readsOf(run: () => Promise<void>): Promise<number> {
    const query = jest.spyOn(Pool.prototype, 'query');
    try {
      await run();
      const asked = query.mock.calls as unknown as [statement: { name?: string }][];
      return asked.filter(([{ name }]) => name === 'read-gate-facts').length;
    } finally {
      query.mockRestore();
    }
  }

  test('when a wallet is frozen', async () => {
    const desk = await at.site.openDesk({ agents: many, passes: 1 });
    const gates = desk.agents.map((agent) => at.connect(agent).subscribe(WatchGateDocument));
    await Promise.all(gates.map(expectRequired));
    const reads = await readsOf(async () => {
      await setWallet(desk, { frozen: true });
      await Promise.all(gates.map((gate) => expectDenied(gate, 'WALLET_FROZEN')));
    });
    // One, and one more for each slow poll that falls into it.
    expect(reads).toBeLessThan(many / 2);
  });

  test('at midnight', async () => {
    const desk = await at.site.openDesk({ agents: many, passes: many + 1 });
    const [first] = await Promise.all(desk.agents.map((agent) => desk.enter(agent)));
    const gates = desk.agents.map((agent) => at.connect(agent).subscribe(WatchGateDocument));
    await Promise.all(gates.map((gate) => expectGranted(gate, 'DAY_PASS')));
    await advanceTo(desk, Date.parse(first!.consumption.expiresAt) - 3_000);
    await whileLocked(desk, async () => {
      const reads = await readsOf(async () => {
        await Promise.all(gates.map(expectRequired));
      });
      // One, and one more for each slow poll that falls into it.
      expect(reads).toBeLessThan(many / 2);
    });
  });
});

test('the gate shuts when the pass is reversed', async () => {
  const desk = await at.site.openDesk({ passes: 1 });
  const { consumption } = await desk.enter(desk.agent);
  const gate = gateOf(desk);
  await expectGranted(gate, 'DAY_PASS');
  await act(desk, TakeBackDocument, { input: { consumptionId: consumption.id, reason: 'A slip' } });
  await expectRequired(gate);
});

test('the gate shuts for an agent who is deactivated, and opens again with the same pass', async () => {
  const desk = await at.site.openDesk({ passes: 1 });
  await desk.enter(desk.agent);
  const gate = gateOf(desk);
  await expectGranted(gate, 'DAY_PASS');
  const input = { agentId: agentNode(desk.agent) };
  await act(desk, DeactivateDocument, { input });
  await expectDenied(gate, 'AGENT_NOT_ACTIVE');
  await act(desk, ReactivateDocument, { input });
  await expectGranted(gate, 'DAY_PASS');
});

test('the gate opens for an agent who becomes full-time, and shuts for one who becomes occasional', async () => {
  const desk = await at.site.openDesk({ passes: 1 });
  const gate = gateOf(desk);
  await expectRequired(gate);
  const agentId = agentNode(desk.agent);
  await act(desk, ConvertDocument, { input: { agentId, type: 'FULL_TIME' } });
  await expectGranted(gate, 'FULL_TIME');
  await act(desk, ConvertDocument, { input: { agentId, type: 'OCCASIONAL' } });
  await expectRequired(gate);
});

test('the gate shuts when the section is removed', async () => {
  const desk = await at.site.openDesk({ passes: 1 });
  const gate = gateOf(desk);
  await expectRequired(gate);
  const agentId = agentNode(desk.agent);
  await act(desk, ChangeAgentDocument, { input: { agentId, sections: ['REPORTS'] } });
  await expectDenied(gate, 'SECTION_NOT_PERMITTED');
  await act(desk, ChangeAgentDocument, { input: { agentId, sections: ['REPORTS', 'TICKETS'] } });
  await expectRequired(gate);
});

test('the gate shuts while the wallet is frozen, even if passes arrive at the same moment', async () => {
  const desk = await at.site.openDesk({ passes: 1 });
  const gate = gateOf(desk);
  await expectRequired(gate);
  for (let turn = 0; turn < 5; turn += 1) {
    // One batch may contain the freezing and the arrival together.
    const grants = Array.from({ length: 4 }, () => desk.add(1));
    await Promise.all([...grants.slice(2), setWallet(desk, { frozen: true }), ...grants]);
    await expectDenied(gate, 'WALLET_FROZEN');
    await setWallet(desk, { frozen: false });
    await expectRequired(gate);
  }
});

test('the gate shuts when the wallet is emptied, and opens when it is filled again', async () => {
  const desk = await at.site.openDesk({ agents: 2, passes: 1 });
  const gate = gateOf(desk);
  await expectRequired(gate);
  await desk.enter(desk.agents[1]!);
  await expectDenied(gate, 'WALLET_EMPTY');
  await desk.add(1);
  await expectRequired(gate);
});

test('the gate shuts when the last passes leave at their end', async () => {
  const desk = await at.site.openDesk({ timeZone: 'UTC' });
  const { account } = await act(desk, WhereItStandsDocument, {});
  const expiresAt = new Date(Date.parse(account.now) + 3_600_000).toISOString();
  await desk.add(3, { expiresAt });
  const gate = gateOf(desk);
  await expectRequired(gate);
  await advanceTo(desk, expiresAt);
  await expectDenied(gate, 'WALLET_EMPTY');
});

test('an allowance for emergencies opens the gate of an empty wallet', async () => {
  const desk = await at.site.openDesk();
  const gate = gateOf(desk);
  await expectDenied(gate, 'WALLET_EMPTY');
  await setWallet(desk, { emergencyAllowance: 1 });
  await expectRequired(gate);
  await setWallet(desk, { emergencyAllowance: 0 });
  await expectDenied(gate, 'WALLET_EMPTY');
});

test('a mere change of the balance is no new decision', async () => {
  const desk = await at.site.openDesk({ agents: 4, passes: 5 });
  const gate = gateOf(desk);
  await expectRequired(gate);
  await desk.add(5);
  for (const agent of desk.agents.slice(1)) await desk.enter(agent);
  await setWallet(desk, { name: 'Renamed', lowBalanceThreshold: 3 });
  await act(desk, ChangeAgentDocument, { input: { agentId: agentNode(desk.agent), name: 'R.' } });
  // The next decision is the next message.
  await desk.enter(desk.agent);
  await expectGranted(gate, 'DAY_PASS');
});

test('a ticket that is created is no longer missing, and its gate offers a pass', async () => {
  const desk = await at.site.openDesk({ passes: 1 });
  const gate = at
    .connect(desk.agent, at.there)
    .subscribe(WatchGateDocument, { ticketExternalId: 'ext-1' });
  await expectDenied(gate, 'TICKET_NOT_FOUND');
  const ticket = {
    externalId: 'ext-1',
    subject: 'A printer',
    requesterName: 'R.',
    requesterEmail: 'r@desk.example',
  };
  await act(desk, ImportTicketsDocument, { tickets: [ticket] });
  expect(await nextOf(gate)).toMatchObject({ __typename: 'DayPassRequired', ticketNumber: 1 });
});

test("every caller gets an answer: a full-time agent, a contact, an agent who asks for another's ticket", async () => {
  const desk = await at.site.openDesk({ passes: 1 });
  await expectGranted(gateOf(desk, desk.admin), 'FULL_TIME');
  const contact = { id: '', bearer: await desk.bearer(null) };
  await expectDenied(gateOf(desk, contact), 'NOT_AN_AGENT');
  const missing = { ticketId: nodeId('Ticket', newId()) };
  await expectDenied(
    at.connect(desk.agent).subscribe(WatchGateDocument, missing),
    'TICKET_NOT_FOUND',
  );
});
