// Keeps the list of remembered courses in this browser, from the first click on and not before. Without script the list
// lives in addresses alone; here an address counts as well.

const KEY = "merkliste";
const MOST = 8;

function stored() {
  try {
    const ids = JSON.parse(localStorage.getItem(KEY) ?? "[]");
    return Array.isArray(ids) ? ids.filter(Number.isSafeInteger).slice(0, MOST) : [];
  } catch {
    return [];
  }
}

function store(ids) {
  try {
    if (ids.length) localStorage.setItem(KEY, JSON.stringify(ids));
    else localStorage.removeItem(KEY);
  } catch {
    // A browser that keeps nothing: the address still has the list.
  }
}

const named = () => [...new Set(new URLSearchParams(location.search).getAll("kurs").filter(Boolean).map(Number))];
const joined = (...lists) => [...new Set(lists.flat())].filter(Number.isSafeInteger).slice(0, MOST);
const addressOf = (page, ids) => (ids.length ? `${page}?${ids.map((id) => `kurs=${id}`).join("&")}` : page);

/** Calls `heard` when another tab changes the list, or when the page comes back from the history. */
function listen(heard) {
  addEventListener("storage", (event) => {
    if (event.key === KEY || event.key === null) heard();
  });
  addEventListener("pageshow", (event) => {
    if (event.persisted) heard();
  });
}

/** Pages with courses to remember: links become buttons, the bar counts. */
export function startRemembering(bar) {
  const status = bar.querySelector("[role=status]");
  const compare = bar.querySelector("a");
  const buttons = [...document.querySelectorAll("[data-remember]")].map(buttonOf);
  let ids = joined(named(), stored());

  function show() {
    for (const button of buttons) {
      const isRemembered = ids.includes(Number(button.dataset.remember));
      button.toggleAttribute("data-remembered", isRemembered);
      button.firstElementChild.textContent = isRemembered ? "Nicht mehr merken" : "Merken";
    }
    status.textContent = ids.length ? `${ids.length} ${ids.length === 1 ? "Kurs" : "Kurse"} gemerkt` : "";
    compare.hidden = !ids.length;
    compare.href = addressOf(bar.dataset.rememberedBar, ids);
  }

  function toggle(id) {
    if (ids.includes(id)) ids = ids.filter((other) => other !== id);
    else if (ids.length < MOST) ids = [...ids, id];
    else {
      status.textContent = `Mehr als ${MOST} Kurse passen nicht auf die Merkliste.`;
      return;
    }
    store(ids);
    forgetAddress();
    show();
  }

  for (const button of buttons) button.addEventListener("click", () => toggle(Number(button.dataset.remember)));
  listen(() => {
    ids = stored();
    forgetAddress();
    show();
  });
  show();
}

function buttonOf(link) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = link.className;
  button.id = link.id;
  button.dataset.remember = link.dataset.remember;
  button.append(...link.childNodes);
  link.replaceWith(button);
  return button;
}

/** What is stored counts from now on; an address that still names a course would bring it back. */
function forgetAddress() {
  const address = new URL(location);
  if (!address.searchParams.has("kurs")) return;
  address.searchParams.delete("kurs");
  history.replaceState(history.state, "", address);
}

/** The page of the list: shows what is stored where the address names nothing, and keeps both alike. */
export function startComparison(page) {
  const home = page.dataset.comparison;
  const shown = named();
  const isOwn = () => String(shown) === String(stored());

  if (!shown.length && stored().length) {
    location.replace(addressOf(home, stored()));
    return;
  }
  const wasOwn = isOwn();
  page.addEventListener("click", (event) => {
    const link = event.target instanceof Element && event.target.closest("[data-forget], [data-forget-all]");
    if (!link) return;
    if (link.dataset.forget) store(stored().filter((id) => id !== Number(link.dataset.forget)));
    else store([]);
  });
  listen(() => {
    if (wasOwn && !isOwn()) location.replace(addressOf(home, stored()));
  });
}
