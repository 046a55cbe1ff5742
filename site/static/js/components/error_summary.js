// The summary takes the focus when the page arrives with errors, so that it is read first; its links lead into the fields.

const markTitle = "Fehler: ";

export function focusErrorSummary(root = document) {
  const summary = root.querySelector("[data-error-summary]");
  if (!summary || summary.closest("[data-component]")) return; // in the style guide nothing was sent
  if (!document.title.startsWith(markTitle)) document.title = markTitle + document.title;
  summary.focus({ preventScroll: true });
  summary.scrollIntoView({ block: "start" });
  summary.addEventListener("click", (event) => {
    const link = event.target.closest('a[href^="#"]');
    const field = link && document.getElementById(link.hash.slice(1));
    if (!field) return;
    event.preventDefault();
    const group = field.closest("[data-field]") ?? field;
    group.scrollIntoView({ block: "center" });
    field.focus({ preventScroll: true });
  });
}
