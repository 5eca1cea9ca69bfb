import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { readInvoiceToken } from '../../access/invoice-token';
import { nearestLanguage } from '../../core/notation/languages';
import { doorError } from '../../api/errors';
import { DomainError, type FaultCode } from '../../core/domain-error';
import { AccountScope } from '../../db/account-scope';
import type { InvoiceRow } from '../../db/tables/invoice';
import { CannotWrite, invoiceFonts } from '../../invoices/invoice-fonts';
import { invoiceHtml, invoicePolicy } from '../../invoices/invoice-html';
import { invoicePdf } from '../../invoices/invoice-pdf';
import { invoicesById } from '../../invoices/invoice.queries';
import type { InvoiceDocument } from '../../ledger/books/invoice-document';
import { invoiceNumber } from '../../ledger/books/invoice-series.rules';
import type { Operations } from '../operation/operation';
import { retryAfter } from '../operation/response-status';
import type { Callers } from './callers';

const fileShape = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.(html|pdf|json)$/;
type Form = 'html' | 'pdf' | 'json';

/** A PDF takes some 50 ms of the processor: as a page of a list. */
const costs: Record<Form, number> = { html: 5, json: 5, pdf: 50 };

/** Codes and their status; another code is a fault of the service. */
const statuses: Partial<Record<FaultCode, number>> = {
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  RATE_LIMITED: 429,
  SERVICE_UNAVAILABLE: 503,
};

interface Query {
  language?: unknown;
  access?: unknown;
}

/**
 * `/invoices/<id>.html`, `.pdf` and `.json`: a document in its three forms, for the bearer of a
 * credential with the permission billing:read, or for the link of its mail. A document of another
 * account is answered as one that does not exist.
 */
export function addInvoiceRoutes(
  app: FastifyInstance,
  operations: Operations,
  { callers, font }: { callers: Callers; font: string | null },
): void {
  app.get<{ Params: { file: string }; Querystring: Query }>(
    '/invoices/:file',
    async (request, reply) => {
      const [, id = '', form = 'html'] = fileShape.exec(request.params.file) ?? [];
      if (id === '') return reply.callNotFound();
      reply.header('cache-control', 'private, no-store').header('vary', 'Authorization');
      try {
        const row = await readRow(request, { operations, callers }, { id, form: form as Form });
        if (!row) throw notFound();
        return await send(reply, row, { form: form as Form, request, font });
      } catch (thrown) {
        return refuse(reply, thrown, operations);
      }
    },
  );
}

/** The document if the caller may read it; null if it does not exist. */
async function readRow(
  request: FastifyRequest<{ Querystring: Query }>,
  { operations, callers }: { operations: Operations; callers: Callers },
  { id, form }: { id: string; form: Form },
): Promise<InvoiceRow | null> {
  const { access } = request.query;
  const link = typeof access === 'string' ? access : null;
  const { source, secrets, clock } = operations.services;
  const origin = { ...callers.of(request.raw, 'http'), requestId: request.id };
  const authorization = link === null ? request.headers.authorization : undefined;
  const context = await operations.contextOf(authorization, origin);
  operations.chargeFile(context, costs[form]);
  if (link === null) {
    await context.permissions.require('billing:read');
    return context.reads.load(invoicesById, id);
  }
  const named = readInvoiceToken(secrets.invoiceLink, link, clock.nowMs());
  if (named?.invoiceId !== id) {
    throw new DomainError(
      'FORBIDDEN',
      'This link is not valid, or it is older than 90 days. Ask the sender of the mail.',
    );
  }
  const [row] = await invoicesById(new AccountScope(source, named.accountId), [id]);
  return row ?? null;
}

async function send(
  reply: FastifyReply,
  row: InvoiceRow,
  {
    form,
    request,
    font,
  }: {
    form: Form;
    request: FastifyRequest<{ Querystring: Query }>;
    font: string | null;
  },
): Promise<FastifyReply> {
  const name = `${invoiceNumber(row.series, row.place)}.${form}`;
  const document = JSON.parse(row.document) as InvoiceDocument;
  const asked = request.query.language;
  const language = typeof asked === 'string' ? nearestLanguage(asked) : undefined;
  switch (form) {
    case 'json':
      return reply
        .header('content-disposition', `attachment; filename="${name}"`)
        .type('application/json; charset=utf-8')
        .send(row.document);
    case 'html':
      return reply
        .header('content-security-policy', invoicePolicy)
        .type('text/html; charset=utf-8')
        .send(invoiceHtml(document, language));
    case 'pdf': {
      const bytes = await invoicePdf(document, await invoiceFonts(font), language);
      return reply
        .header('content-disposition', `attachment; filename="${name}"`)
        .type('application/pdf')
        .send(bytes);
    }
  }
}

function refuse(reply: FastifyReply, thrown: unknown, operations: Operations): FastifyReply {
  const fault = thrown instanceof CannotWrite ? notWritable(thrown) : thrown;
  const error = doorError(fault, operations.services.log);
  const { code, retryAfterMs } = error.extensions ?? {};
  const status = statuses[code as FaultCode] ?? 500;
  if (status === 401) reply.header('www-authenticate', 'Bearer');
  if (status === 429 || status === 503) reply.header('retry-after', retryAfter(retryAfterMs));
  return reply
    .code(status)
    .type('application/json; charset=utf-8')
    .send({ errors: [error] });
}

function notFound(): DomainError {
  return new DomainError('NOT_FOUND', 'There is no such invoice. Check the id.');
}

function notWritable({ characters }: CannotWrite): DomainError {
  const some = characters.slice(0, 10).join(' ');
  return new DomainError(
    'NOT_FOUND',
    `There is no PDF of this document, because no font here can write ${some}. Read its HTML page.`,
  );
}
