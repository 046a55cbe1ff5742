// The editor saves by itself, without a new page: fetch the checks of what it has just saved.
let asked = 0;

document.addEventListener("w-autosave:success", async () => {
  const shown = document.querySelector("[data-page-checks]");
  if (!shown) return;
  const mine = ++asked;
  const answer = await fetch(shown.dataset.pageChecks);
  if (!answer.ok || mine !== asked) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-page-checks]");
  if (fresh) document.querySelector("[data-page-checks]").replaceWith(fresh);
});
