/* Buttons that copy the value of a field: `data-copy-from` names the field, `data-copy-status` the place that says so. */
for (const button of document.querySelectorAll("[data-copy-from]")) {
  const field = document.getElementById(button.dataset.copyFrom);
  const status = document.querySelector(`[data-copy-status="${CSS.escape(button.dataset.copyFrom)}"]`);
  if (!field) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    field.select();
    try {
      await navigator.clipboard.writeText(field.value);
    } catch {
      // Without https the clipboard is closed to scripts; the old way still works on a selected field.
      document.execCommand("copy");
    }
    if (status) status.textContent = "Adresse kopiert.";
  });
}
