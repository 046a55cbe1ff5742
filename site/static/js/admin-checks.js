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

// A hint may lead to a field behind another tab, which has to be opened before the browser can jump to it.
document.addEventListener("click", (event) => {
  const link = event.target.closest?.(".page-checks a[href^='#']");
  const target = link && document.getElementById(link.hash.slice(1));
  const panel = target?.closest("[role=tabpanel][hidden]");
  if (panel) document.getElementById(panel.getAttribute("aria-labelledby"))?.click();
});
