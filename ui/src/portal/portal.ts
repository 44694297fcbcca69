/* The client's pages: leaving at once, one address, a page that is over when it was left alone, the
   waiting room. */
import { startSigning } from "../signing";
import { oneAddress } from "./address";
import { leaving } from "./leaving";
import { saving } from "./saving";
import { staying } from "./staying";
import { waiting } from "./waiting";
import { ways } from "./ways";

leaving();
if (oneAddress()) {
  staying();
  waiting();
  startSigning();
  saving();
  ways();
  document.querySelector<HTMLElement>("[data-focus]")?.focus();
}
