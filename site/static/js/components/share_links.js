// A button that prints the page. It is made here: without script it would lie, and browsers print by their menu anyhow.

export function startPrint(holder) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "share-links__link";
  button.textContent = "Drucken";
  button.addEventListener("click", () => print());
  holder.append(button);
}
