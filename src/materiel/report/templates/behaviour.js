"use strict";
(function () {
  const form = document.querySelector(".filters");
  const list = document.querySelector(".rows");
  const rows = Array.from(document.querySelectorAll("details.row"));
  const words = new Map(
    rows.map((row) => {
      // The grey words around a quote are no part of what a line says.
      const parts = Array.from(row.querySelectorAll("summary, q, footer, .conflicts, .why"), (part) => part.textContent);
      return [row, parts.join(" ").toLowerCase()];
    }),
  );
  const tally = form.querySelector(".tally");
  form.hidden = false;

  function chosen(name) {
    return Array.from(form.querySelectorAll(`input[name=${name}]:checked`), (box) => box.value);
  }

  function show() {
    const terms = form.querySelector("#filter").value.toLowerCase().split(/\s+/).filter(Boolean);
    const kinds = chosen("kind");
    const statuses = chosen("status");
    let shown = 0;
    for (const row of rows) {
      const fits =
        terms.every((term) => words.get(row).includes(term)) &&
        (!kinds.length || kinds.includes(row.dataset.kind)) &&
        (!statuses.length || statuses.includes(row.dataset.status));
      row.hidden = !fits;
      shown += fits ? 1 : 0;
    }
    tally.textContent = shown === rows.length ? `${rows.length} entries` : `${shown} of ${rows.length} entries`;
  }

  function order() {
    const by = form.querySelector("#sort").value;
    const key = {
      given: (a, b) => a.dataset.place - b.dataset.place,
      support: (a, b) => b.dataset.support - a.dataset.support || a.dataset.place - b.dataset.place,
      known: (a, b) => b.dataset.known.localeCompare(a.dataset.known) || a.dataset.place - b.dataset.place,
    }[by];
    list.append(...rows.slice().sort(key));
  }

  function arrive() {
    const row = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!row || !row.matches("details.row")) return;
    if (row.hidden) {
      form.reset();
      order();
      show();
    }
    row.open = true;
    row.scrollIntoView();
  }

  form.addEventListener("input", show);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.querySelector("#sort").addEventListener("change", order);
  window.addEventListener("hashchange", arrive);
  // A second click on the same link changes no hash, but should open the line again.
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    if (link && link.getAttribute("href") === location.hash) arrive();
  });
  show();
  arrive();
})();
