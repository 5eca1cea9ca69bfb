import { activateAgent } from './access/activate-agent';
import { changeAccount } from './access/change-account';
import { changeAgent } from './access/change-agent';
import { deleteAgent } from './access/delete-agent';
import { inviteAgent } from './access/invite-agent';
import { revokeKey } from './access/revoke-key';
import { updateWallet } from './access/update-wallet';
import { advanceClock } from './books/advance-clock';
import { cancelOrder } from './books/cancel-order';
import { consume } from './books/consume';
import { consumeByKey } from './books/consume-by-key';
import { creditInvoice } from './books/credit-invoice';
import { expire } from './books/expire';
import { grant } from './books/grant';
import { purchase } from './books/purchase';
import { recordPayment } from './books/record-payment';
import { reverse } from './books/reverse';
import type * as model from './model/outcome';
import type { CommandModule } from './writer/command-module';
import type { SteppedModule } from './writer/stepped-module';

/** All commands. A new command is a module and its line here; the types below follow. */
export const commandModules = [
  activateAgent,
  advanceClock,
  cancelOrder,
  changeAccount,
  changeAgent,
  consume,
  consumeByKey,
  creditInvoice,
  deleteAgent,
  expire,
  grant,
  inviteAgent,
  purchase,
  recordPayment,
  reverse,
  revokeKey,
  updateWallet,
] as const;

type Module = (typeof commandModules)[number];
type CommandIn<M> = M extends CommandModule<infer C> | SteppedModule<infer C> ? C : never;

export type Command = CommandIn<Module>;
export type CommandOf<Kind extends Command['kind']> = Extract<Command, { kind: Kind }>;

/** A command that is decided in one step. */
export type DecidedCommand = Exclude<Command, { kind: SteppedKind }>;
type SteppedKind = Extract<Module, { step: unknown }>['kind'];

/** The result of an accepted command. */
export type Results = { [M in Module as CommandIn<M>['kind']]: ResultOf<M> };
type ResultOf<M> = M extends
  CommandModule<CommandIn<M>, infer Result> | SteppedModule<CommandIn<M>, infer Result>
  ? Result
  : never;

export type Outcome<Kind extends Command['kind'] = Command['kind']> = model.Outcome<Results[Kind]>;
