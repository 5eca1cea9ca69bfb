import { Command } from 'commander';
import { addAccountVerb } from './account';
import { addDoctorVerb } from './doctor';
import { addEventsVerb } from './events';
import { addInvoiceVerb } from './invoice';
import { addIssuerVerb } from './issuer';
import { addMigrateVerb } from './migrate';
import { addOrderVerb } from './order';
import { addPassesVerb } from './passes';
import { addPricesVerb } from './prices';
import { addSeedVerb } from './seed';
import { addSellerVerb } from './seller';
import { addStartVerb } from './start';
import { addTaxVerb } from './tax';
import { addTokenVerb } from './token';
import { addVerifyVerb } from './verify';
import { addWebhooksVerb } from './webhooks';

/** All verbs of the command line. */
export function createProgram(): Command {
  const program = new Command('daypass')
    .description('Day passes for occasional agents of a service desk.')
    .showHelpAfterError();

  addStartVerb(program);
  addMigrateVerb(program);
  addSeedVerb(program);
  addAccountVerb(program);
  addPassesVerb(program);
  addPricesVerb(program);
  addSellerVerb(program);
  addTaxVerb(program);
  addOrderVerb(program);
  addInvoiceVerb(program);
  addTokenVerb(program);
  addIssuerVerb(program);
  addWebhooksVerb(program);
  addEventsVerb(program);
  addVerifyVerb(program);
  addDoctorVerb(program);
  return program;
}
