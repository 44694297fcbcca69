/** What every page of the practice loads. Each part looks for what it serves and stays quiet when
 * it is not there; a page without scripts still works, one request at a time. */

import { startApart } from "./apart";
import { startCodes } from "./codes";
import { startEditors } from "./editor";
import { startFragments } from "./fragments";
import { startGoals } from "./goals";
import { startHits } from "./hits";
import { startKeys } from "./keys";
import { startMatter } from "./matter";
import { startMeasures } from "./measure";
import { startOnward } from "./onward";
import { startPalette } from "./palette";
import { startPasskeys } from "./passkey";
import { startPhrases } from "./phrases";
import { startPressing } from "./press";
import { startPrinting } from "./printing";
import { startReturns } from "./returns";
import { startRows } from "./rows";
import { startSieve } from "./sieve";
import { startSnippets } from "./snippets";
import { startUploads } from "./upload";
import { startVeil } from "./veil";
import { startWatch } from "./watch";

startReturns();
startFragments();
startVeil();
startPalette();
startEditors();
startOnward();
startPhrases();
startPressing();
startSnippets();
startApart();
startGoals();
startRows();
startCodes();
startPrinting();
startSieve();
startUploads();
startMatter();
startMeasures();
startHits();
startPasskeys();
startWatch();
startKeys();
document.querySelector<HTMLElement>("[data-focus]")?.focus();
