export { counted, quotedList } from '../../text/words.js';
