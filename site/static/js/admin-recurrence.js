/* Turns the textareas of recurrences into the widget of django-recurrence, inside Wagtail's admin.

   A classic script, because it has to run after the widget's own classic scripts. It only starts the widget and gives
   names to its nameless controls; without it the textarea stays and still works. */
(() => {
  "use strict";

  const NAMES = {
    mode: "Ausschließen",
    freq: "Wie oft",
    interval: "Abstand",
    position: "Der wievielte",
    weekday: "Wochentag",
    count: "Anzahl der Wiederholungen",
    limit: "Ende begrenzen",
    byday: "An einem bestimmten Wochentag",
    monthly: "Tage des Monats oder Wochentag",
    until_count: "Ende durch Datum oder Anzahl",
  };

  function nameControls(root) {
    for (const control of root.querySelectorAll("input, select")) {
      if (!control.hasAttribute("aria-label")) {
        control.setAttribute("aria-label", NAMES[control.name] || "Datum, Jahr-Monat-Tag");
      }
    }
    for (const link of root.querySelectorAll('a[href^="javascript:"]')) {
      link.setAttribute("href", "#");
      link.setAttribute("role", "button");
      if (!link.textContent.trim() || link.textContent.trim() === "×") {
        link.setAttribute("aria-label", link.title);
      }
    }
    for (const grid of root.querySelectorAll("table.grid")) grid.setAttribute("role", "presentation");
    for (const cell of root.querySelectorAll(".grid td:not(.header):not(.empty):not([role])")) {
      if (!cell.textContent.trim()) continue;
      cell.setAttribute("role", "button");
      cell.tabIndex = 0;
    }
    for (const cell of root.querySelectorAll(".grid td[role]")) {
      cell.setAttribute("aria-pressed", String(cell.classList.contains("active")));
    }
  }

  function isWidgetControl(target) {
    return target instanceof Element && target.closest("div.recurrence-widget, .recurrence-calendar") !== null;
  }

  // The widget's links lead nowhere; a click must not jump to the top of the page.
  document.addEventListener("click", (event) => {
    if (isWidgetControl(event.target) && event.target.closest('a[href="#"]')) event.preventDefault();
  });

  // Cells of its grids are no buttons by nature: Enter and space press them.
  document.addEventListener("keydown", (event) => {
    if ((event.key === "Enter" || event.key === " ") && isWidgetControl(event.target)) {
      if (event.target.matches("td[role], a[role]")) {
        event.preventDefault();
        event.target.click();
      }
    }
  });

  function start(scope) {
    for (const textarea of scope.querySelectorAll('textarea.recurrence-widget:not([id*="__prefix__"])')) {
      if (textarea.dataset.started) continue;
      textarea.dataset.started = "true";
      const widget = new window.recurrence.widget.Widget(textarea, {});
      const root = widget.elements.root;
      nameControls(root);
      const options = { childList: true, subtree: true, attributeFilter: ["class"] };
      new MutationObserver(() => nameControls(root)).observe(root, options);
    }
    // The calendar of a date is hung into the body while it is open.
    for (const calendar of document.querySelectorAll("body > .recurrence-calendar")) nameControls(calendar);
  }

  function begin() {
    start(document);
    new MutationObserver(() => {
      for (const calendar of document.querySelectorAll("body > .recurrence-calendar")) nameControls(calendar);
    }).observe(document.body, { childList: true });
    document.addEventListener("w-formset:added", (event) => start(event.target));
  }

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", begin);
  else begin();
})();
