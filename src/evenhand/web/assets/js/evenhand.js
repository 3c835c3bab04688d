// Comforts only: every page works without this file.

import {
  Button,
  CharacterCount,
  Checkboxes,
  ErrorSummary,
  NotificationBanner,
  Radios,
  SkipLink,
  createAll,
} from "govuk-frontend";
import "htmx.org";

const components = [
  Button,
  CharacterCount,
  Checkboxes,
  ErrorSummary,
  NotificationBanner,
  Radios,
  SkipLink,
];

document.body.classList.add("js-enabled", "govuk-frontend-supported");

function enliven(scope) {
  for (const component of components) {
    createAll(component, {}, { scope });
  }
}

enliven(document);
document.addEventListener("htmx:after:swap", (event) => enliven(event.target));

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-print]")) {
    window.print();
  }
});
