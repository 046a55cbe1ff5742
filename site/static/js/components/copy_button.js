// Copies the text of the element named by data-copy and says so. The button is made here: without script it would lie.

export function startCopy(holder) {
  const target = document.getElementById(holder.dataset.copy);
  if (!target || !navigator.clipboard) return;

  const copy = document.createElement("button");
  copy.type = "button";
  copy.className = "button copy-button";
  copy.dataset.kind = "secondary";
  copy.dataset.size = "small";
  copy.textContent = holder.dataset.copyLabel ?? "Kopieren";

  const said = document.createElement("span");
  said.setAttribute("role", "status");

  copy.addEventListener("click", async () => {
    said.textContent = "";
    try {
      await navigator.clipboard.writeText((target.value ?? target.textContent).trim());
      said.textContent = "Kopiert.";
    } catch {
      getSelection().selectAllChildren(target);
      said.textContent = "Markiert. Bitte mit Strg + C kopieren.";
    }
  });
  holder.append(copy, said);
}
