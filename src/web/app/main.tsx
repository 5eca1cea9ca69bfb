import '@mantine/core/styles.css';
import '@mantine/notifications/styles.css';
import '../ui/look.css';
import { setNonce } from 'get-nonce';
import { createRoot } from 'react-dom/client';
import { App } from './app';

// The page's policy accepts only styles with its nonce, so the nonce is set before the first style.
const nonce = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? '';
if (nonce) setNonce(nonce);

createRoot(document.getElementById('root')!).render(<App nonce={nonce} />);
