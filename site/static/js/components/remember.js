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

/** Where the address has a full list there are words instead of a link: they would stay when a course is taken off. */
function buttonOf(link) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "remember__toggle";
  button.id = link.id;
  button.dataset.remember = link.dataset.remember;
  button.append(...link.childNodes);
  link.replaceWith(button);
  return button;
}

/** What is stored counts from now on; an address that still names a course would bring it back. So would the links and
 * forms of a page that was asked for with ids: each carries them on. */
function forgetAddress() {
  const ids = new URLSearchParams(location.search).getAll("kurs");
  if (!ids.length) return;
  history.replaceState(history.state, "", without(ids, location.href));
  for (const link of document.querySelectorAll('a[href*="kurs="]')) link.href = without(ids, link.href);
  for (const field of document.querySelectorAll('input[type="hidden"][name="kurs"]')) field.remove();
}

/** Other pages call other things by that name: what is none of these ids stays. */
function without(ids, address) {
  const url = new URL(address);
  const others = url.searchParams.getAll("kurs").filter((value) => !ids.includes(value));
  url.searchParams.delete("kurs");
  for (const value of others) url.searchParams.append("kurs", value);
  return url.href;
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
  // Courses that are gone are told once, by the page; they could not be taken off and would fill the list.
  if (wasOwn) store([...page.querySelectorAll("[data-forget]")].map((link) => Number(link.dataset.forget)));
  page.addEventListener("click", (event) => {
    const link = event.target instanceof Element && event.target.closest("[data-forget], [data-forget-all]");
    if (!link) return;
    // Of a list that somebody else has sent, the visitor's own courses that it does not show stay.
    const forgotten = link.dataset.forget ? [Number(link.dataset.forget)] : shown;
    store(stored().filter((id) => !forgotten.includes(id)));
  });
  listen(() => {
    if (wasOwn && !isOwn()) location.replace(addressOf(home, stored()));
  });
}
