"use strict";
// Filters and sorts the tables; without this script the page is whole and in its own order.
for (const table of document.querySelectorAll("table.data")) {
  const bodies = [...table.tBodies];
  const homes = bodies.map(body => [...body.rows]);
  const rows = homes.flat().filter(row => !row.classList.contains("week"));
  const heads = [...table.tHead.rows[0].cells];
  const tools = table.previousElementSibling;
  const order = new Intl.Collator(document.documentElement.lang, {numeric: true}).compare;
  let wanted = "";

  const mark = () => {
    const sorted = heads.some(head => head.hasAttribute("aria-sort"));
    table.classList.toggle("sorted", sorted);
    table.classList.toggle("moved", sorted || wanted !== "");
  };
  const restore = () => bodies.forEach((body, n) => body.append(...homes[n]));
  const sort = (head, column) => {
    const before = head.getAttribute("aria-sort");
    heads.forEach(other => other.removeAttribute("aria-sort"));
    restore();
    if (before !== "descending") {
      const way = before === "ascending" ? -1 : 1;
      head.setAttribute("aria-sort", way === 1 ? "ascending" : "descending");
      const keys = new Map(rows.map(row => [row, row.cells[column].textContent]));
      bodies[0].append(...[...rows].sort((a, b) => way * order(keys.get(a), keys.get(b))));
    }
    mark();
  };
  heads.forEach((head, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = head.textContent;
    button.addEventListener("click", () => sort(head, column));
    // Chromium leaves buttons out of a heading that it repeats on the next page, so paper gets the bare text.
    const paper = document.createElement("span");
    paper.className = "paper";
    paper.textContent = head.textContent;
    head.replaceChildren(button, paper);
  });

  tools.hidden = false;
  const input = tools.querySelector("input");
  const output = tools.querySelector("output");
  input?.addEventListener("input", () => {
    wanted = input.value.trim().toLowerCase();
    let shown = 0;
    for (const row of rows) {
      row.hidden = !row.textContent.toLowerCase().includes(wanted);
      shown += row.hidden ? 0 : 1;
    }
    bodies.forEach((body, n) => {
      if (homes[n][0].classList.contains("week")) homes[n][0].hidden = homes[n].slice(1).every(row => row.hidden);
    });
    output.textContent = wanted ? output.dataset.count.replace("{shown}", shown) : "";
    mark();
  });
}
