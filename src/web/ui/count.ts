export { writeCount, writeDelta } from '../format/count';
