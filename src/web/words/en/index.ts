import { frame } from './frame';
import { portal } from './portal';
import { problems } from './problems';
import { sandbox } from './sandbox';
import { signIn } from './sign-in';
import { ui } from './ui';

export const en = { frame, portal, problems, sandbox, signIn, ui };
