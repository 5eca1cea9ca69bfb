import 'reflect-metadata';
import { createDataSource } from './src/db/data-source';

/** For TypeORM's own command line: `DATABASE_URL=… npm run typeorm -- migration:show`. */
export default createDataSource(process.env.DATABASE_URL ?? 'postgres://127.0.0.1:5432/daypass');
