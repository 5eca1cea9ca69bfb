import type { DataSource } from 'typeorm';
import type { ClassType } from 'type-graphql';
import type { OutboundRules } from '../core/outbound';
import type { Follower } from '../followers/follower';
import type { Mailer } from '../mail/mailer';
import type { NodeLoader } from './context';

/**
 * What one feature adds to the service. Each feature folder has one manifest, and `server/features.ts`
 * lists them: a new resolver, node, task or follower is named here and nowhere else.
 */
export interface Feature {
  resolvers: readonly (new () => object)[];
  /** Object types that no field names: kinds of an interface. */
  types?: readonly ClassType[];
  /** How `node` finds what an id names, by the type in the id. */
  nodes: Readonly<Record<string, NodeLoader>>;
  /** What is done for a job, by the name that the transaction which asks for it gives. */
  tasks: Readonly<Record<string, Task>>;
  /** What is done for journal entries after their commit. */
  followers: readonly Follower[];
}

/** What every task may use. */
export interface TaskServices {
  source: DataSource;
  activationKey: Uint8Array;
  /** Signs the links in the mails of invoices. */
  invoiceLinkKey: Uint8Array;
  /** A font that is tried first for PDFs; null: the shipped ones only. */
  invoiceFont: string | null;
  /** Where people reach the service: links in mails begin with it. */
  publicUrl: string;
  /** How notices reach the channels of Slack and Teams. */
  channels: {
    /** Opens their sealed addresses. */
    key: Uint8Array;
    rules: OutboundRules & { hosts: readonly string[] };
    /** The database's clock. */
    nowMs: () => number;
  };
}

/** The work of a job. If it rejects, it is tried again, each time after a longer pause. */
export type Task =
  | { needs: 'NOTHING'; run(on: TaskServices, payload: never): Promise<void> }
  /** It sends to servers that may hang, so it has workers of its own and delays no mail. */
  | { needs: 'OWN_WORKERS'; run(on: TaskServices, payload: never): Promise<void> }
  /** Only processes that can send mails run it. */
  | { needs: 'MAILER'; run(on: TaskServices & { mailer: Mailer }, payload: never): Promise<void> };
