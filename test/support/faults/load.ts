import { print } from 'graphql';
import { setTimeout as wait } from 'node:timers/promises';
import { AskGateDocument, ProceedDocument } from '../../generated/operations';
import type { AskGateQuery, ProceedMutation } from '../../generated/operations';
import type { Person } from '../desk/desk';
import type { Fleet } from './fleet';
import { hangMs } from '../patience';
import { size } from '../size';

/** A client asks again this often, which is for longer than any fault of a test lasts. */
const triesMax = 2_400;
const betweenTriesMs = size(100, 50);
/** Between two people of one client: the short run leaves the processes idle for most of the time. */
const pauseMs = size(250, 20);
/** An agent without an answer from a process asks another for a while, as with a balancer. */
const avoidedMs = 5_000;

const lookMs = 50;

/** An answer that was no success. */
export interface Refusal {
  code: string;
}

/**
 * People who come in, one after the other for each client: each asks the gate, proceeds, and asks
 * again with the same token, at whichever process is up, until the pass is acknowledged. Every third
 * double-clicks, at two processes.
 */
export class Load {
  /** By token, the consumption that was acknowledged for it. */
  readonly acknowledged = new Map<string, { consumptionId: string; agentId: string }>();
  readonly refusals: Refusal[] = [];
  /** Answers that did not come in time from a healthy process. */
  readonly unanswered: string[] = [];
  /** What must not happen: two answers to one token, a refusal without its reason. */
  readonly wrong: string[] = [];
  private readonly avoided = new Map<string, number>();
  private next = 0;
  private turn = 0;
  private stopped = false;

  constructor(
    private readonly fleet: Fleet,
    private readonly agents: readonly Person[],
    private readonly options: { clients?: number; pauseMs?: number; patienceMs?: number } = {},
  ) {}

  /** Continues while `work` does; then waits for every agent who has begun. */
  async during(work: () => Promise<void>): Promise<void> {
    const { clients = 8 } = this.options;
    const running = Promise.all(Array.from({ length: clients }, () => this.client()));
    try {
      await work();
    } finally {
      this.stopped = true;
      await running;
    }
  }

  /** Waits until `count` more are acknowledged than now; fails if no agent enters. */
  async progress(count: number): Promise<void> {
    const target = this.acknowledged.size + count;
    let [size, movedAt] = [0, performance.now()];
    while (this.acknowledged.size < target) {
      if (this.acknowledged.size > size) movedAt = performance.now();
      size = this.acknowledged.size;
      const isStuck = performance.now() - movedAt > hangMs;
      if (isStuck) throw new Error(`Nobody comes in any more, after ${size}.`);
      await wait(lookMs);
    }
  }

  private async client(): Promise<void> {
    while (!this.stopped) {
      const index = this.next++;
      const agent = this.agents[index];
      if (!agent) return;
      await this.enter(agent, index % 3 === 0);
      await wait(this.options.pauseMs ?? pauseMs);
    }
  }

  private async enter(agent: Person, doubleClicks: boolean): Promise<void> {
    const token = await this.until(() => this.askGate(agent));
    if (!token) return;
    const proceed = () => this.until(() => this.proceed(agent, token));
    const answers = await Promise.all(doubleClicks ? [proceed(), proceed()] : [proceed()]);
    const [consumptionId] = answers;
    if (new Set(answers).size > 1)
      this.wrong.push(`two answers to one token: ${answers.join(', ')}`);
    if (consumptionId) this.acknowledged.set(token, { consumptionId, agentId: agent.id });
  }

  /** Tries until there is an answer, a bounded number of times. */
  private async until(attempt: () => Promise<string | null>): Promise<string | null> {
    for (let tries = 0; tries < triesMax; tries += 1) {
      const answer = await attempt();
      if (answer !== null) return answer;
      await wait(betweenTriesMs);
    }
    this.wrong.push('somebody was never served');
    return null;
  }

  private async askGate(agent: Person): Promise<string | null> {
    const data = await this.send<AskGateQuery>(agent, print(AskGateDocument), {});
    const access = data?.viewer.portalAccess;
    if (!access) return null;
    if (access.__typename === 'DayPassRequired' && access.confirmation) {
      return access.confirmation.token;
    }
    this.wrong.push(`the gate answered ${JSON.stringify(access)}`);
    return '';
  }

  private async proceed(agent: Person, token: string): Promise<string | null> {
    const data = await this.send<ProceedMutation>(agent, print(ProceedDocument), { token });
    const payload = data?.consumeDayPass;
    if (!payload) return null;
    if (payload.consumption) return payload.consumption.id;
    this.wrong.push(`Proceed answered ${JSON.stringify(payload.userErrors)}`);
    return '';
  }

  /** The data of an answer; null if there was no answer, or an error. */
  private async send<Data>(agent: Person, query: string, variables: object): Promise<Data | null> {
    const url = this.pick();
    if (!url) return null;
    const startedAt = performance.now();
    const spentMs = () => Math.round(performance.now() - startedAt);
    try {
      const response = await fetch(`${url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${agent.bearer}` },
        body: JSON.stringify({ query, variables }),
        signal: AbortSignal.timeout(this.options.patienceMs ?? hangMs),
      });
      const { data, errors } = (await response.json()) as {
        data?: Data;
        errors?: { extensions?: { code?: string } }[];
      };
      if (!errors) return data ?? null;
      for (const { extensions } of errors) {
        this.refusals.push({ code: String(extensions?.code) });
      }
    } catch (error) {
      // A connection that was refused or broke: the process has gone, and another is asked.
      if ((error as Error).name !== 'TimeoutError') return null;
      this.avoided.set(url, performance.now() + avoidedMs);
      // A client that is less patient than the service is prompt proves nothing.
      if (!this.options.patienceMs) this.unanswered.push(`${url} for ${spentMs()} ms`);
    }
    return null;
  }

  /** The next process in turn. */
  private pick(): string | undefined {
    const now = performance.now();
    const urls = this.fleet.urls().filter((url) => (this.avoided.get(url) ?? 0) < now);
    return urls[(this.turn += 1) % Math.max(urls.length, 1)];
  }
}
