"use strict";
// Narrows and sorts the tables; without this script the page is whole and in its own order.
const order = new Intl.Collator(document.documentElement.lang, {numeric: true}).compare;
const FEW = 4;  // rows; of fewer nobody needs another order
const bar = document.querySelector(".tools");

class Rows {
  constructor(table) {
    this.table = table;
    this.none = table.previousElementSibling;
    this.bodies = [...table.tBodies];
    this.homes = this.bodies.map(body => [...body.rows]);
    this.rows = this.homes.flat().filter(row => !row.classList.contains("week"));
    this.heads = [...table.tHead.rows[0].cells];
    this.grouped = table.dataset.group?.split(" ") ?? [];
    if (this.rows.length >= FEW) this.makeSortable();
  }

  makeSortable() {
    this.table.classList.add("sortable");
    this.heads.forEach((head, column) => {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = head.textContent;
      button.addEventListener("click", () => this.sort(head, column));
      // Chromium leaves buttons out of a heading that it repeats on the next page, so paper gets the bare text.
      const paper = document.createElement("span");
      paper.className = "paper";
      paper.textContent = head.textContent;
      head.replaceChildren(button, paper);
    });
  }

  sort(head, column) {
    const before = head.getAttribute("aria-sort");
    this.heads.forEach(other => other.removeAttribute("aria-sort"));
    this.table.classList.toggle("sorted", before !== "descending");
    if (before === "descending") {
      this.bodies.forEach((body, n) => put(body, this.homes[n]));
    } else {
      head.setAttribute("aria-sort", before === "ascending" ? "descending" : "ascending");
      put(this.bodies[0], sorted(this.rows, column, before === "ascending"));
    }
  }

  narrow(words, chosen) {
    // What shows a row and what it says are read once, and only when somebody asks.
    this.facts ??= this.rows.map(row => ({
      row, text: row.textContent.toLowerCase(), shows: row.dataset.shows?.split("|").map(choices => choices.split(" ")),
    }));
    let count = 0;
    for (const {row, text, shows} of this.facts) {
      const shown = words.every(word => text.includes(word)) && chosen.every(([facet, choice]) =>
        shows === undefined || shows[facet][0] === "*" || shows[facet].includes(choice));
      row.hidden = !shown;
      count += shown;
    }
    for (const [head, ...rows] of this.homes) {
      if (head.classList.contains("week")) head.hidden = rows.every(row => row.hidden);
    }
    this.grouped.forEach(column => this.group(column));
    this.table.classList.toggle("many", count > Number(this.table.dataset.many));
    this.table.hidden = count === 0;
    this.none.hidden = count > 0;
    return count;
  }

  group(column) {
    // A value that the whole table says in a row above is said anew where that row is hidden.
    let anew = false;
    for (const row of this.rows) {
      const cell = row.cells[column];
      anew ||= !cell.classList.contains("same");
      if (row.hidden) continue;
      cell.classList.toggle("anew", anew);
      anew = false;
    }
  }
}

function put(body, rows) {
  for (const row of rows) body.append(row);
}

function sorted(rows, column, down) {
  const cells = rows.map(row => [row.cells[column].textContent.trim(), row]);
  const said = cells.filter(([text]) => text !== ""), blank = cells.filter(([text]) => text === "");
  const number = said.every(([text]) => /^-?\d+(\.\d+)?%?$/.test(text));
  const compare = number ? (a, b) => parseFloat(a) - parseFloat(b) : order;
  said.sort(([a], [b]) => down ? compare(b, a) : compare(a, b));
  return [...said, ...blank].map(([, row]) => row);
}

const tables = [...document.querySelectorAll("table.data")].map(table => new Rows(table));

if (bar !== null) {
  const narrowed = tables.filter(rows => rows.table.classList.contains("narrowed"));
  const controls = [...bar.querySelectorAll("select, input")];
  const output = bar.querySelector("output");
  const said = control => (control.selectedOptions?.[0].textContent ?? control.value).trim();

  const narrow = () => {
    const asked = controls.filter(control => control.value.trim() !== "");
    const chosen = asked.filter(one => one.dataset.facet).map(one => [one.dataset.facet, one.value]);
    const words = asked.filter(one => !one.dataset.facet).flatMap(one => one.value.toLowerCase().trim().split(/\s+/));
    const count = narrowed.reduce((sum, rows) => sum + rows.narrow(words, chosen), 0);
    // On paper the controls are gone, so what was asked for stands before the figure.
    const paper = document.createElement("span");
    paper.className = "paper";
    paper.textContent = asked.map(one => `${one.name} ${said(one)} · `).join("");
    output.replaceChildren(paper, output.dataset.count.replace("{shown}", count));
    document.documentElement.classList.toggle("asked", asked.length > 0);
    return asked;
  };
  const remember = () => {
    const state = new URLSearchParams(narrow().map(one => [one.name, said(one)]));
    history.replaceState(null, "", `${state}` ? `#${state}` : location.href.split("#")[0]);
  };
  const recall = () => {
    const state = new URLSearchParams(location.hash.slice(1));
    if (!controls.some(control => state.has(control.name))) return;
    for (const control of controls) {
      const wanted = state.get(control.name) ?? "";
      const option = [...control.options ?? []].find(one => one.textContent.trim() === wanted);
      control.value = control.options ? option?.value ?? "" : wanted;
    }
    narrow();
  };

  controls.forEach(control => control.addEventListener("input", remember));
  bar.querySelector("button").addEventListener("click", () => {
    controls.forEach(control => { control.value = ""; });
    remember();
  });
  addEventListener("hashchange", recall);
  bar.hidden = false;
  document.documentElement.classList.add("ready");
  recall();
}
